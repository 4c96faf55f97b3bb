export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** Checked, normalised, pruned answers: plain JSON by group and field. */
export type Answers = { readonly [name: string]: JsonValue }

export interface AddressAnswer {
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
}

/** What validation needs to know of a file that an answer names. */
export interface FileFacts {
  readonly name: string
  readonly kind: string
  readonly bytes: number
}
