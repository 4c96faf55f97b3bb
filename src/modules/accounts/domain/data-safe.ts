/** What a citizen has left with the city so as not to type it again (once only). Everything may be missing. */
export interface DataSafe {
  readonly givenName: string | null
  readonly familyName: string | null
  /** ISO date: '1988-04-23' */
  readonly birthDate: string | null
  readonly street: string | null
  /** With its letter: '12a' */
  readonly houseNumber: string | null
  readonly postcode: string | null
  readonly place: string | null
  readonly telephone: string | null
  /** The address of the account. */
  readonly email: string | null
  readonly vehicles: readonly Vehicle[]
}

export interface Vehicle {
  /** 'S-AB 1234' */
  readonly plate: string
  /** As the owner calls it: "roter Kombi" */
  readonly description: string | null
}

/** What `writeDataSafe` changes: fields that are absent stay, null empties, `vehicles` replaces the whole list. */
export type DataSafePart = Partial<Omit<DataSafe, 'email'>>
