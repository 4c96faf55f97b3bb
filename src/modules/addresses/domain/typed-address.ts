/** A line in which somebody types an address, taken apart. */
export interface TypedAddress {
  readonly street: string
  /** What there is of the house number; '' where none is typed yet. */
  readonly houseNumber: string
  readonly postcode: string | null
}

/** "Lindenstr. 12 a, 73801 Musterstadt" → street, house number, postcode. Never fails: the rest is the street. */
export function readTypedAddress(text: string): TypedAddress {
  const [, before, postcode] = /^(.*?)[\s,]+(\d{5})(?:\s.*)?$/s.exec(text) ?? []
  const line = (before ?? text).replace(/[\s,]+$/, '').trim()
  const [, street, houseNumber] =
    /^(.*[^\d\s,])[\s,]*(\d{1,4}\s*[a-z]?(?:\s*[-/+]\s*\d{0,4}\s*[a-z]?)?)$/is.exec(line) ?? []
  return { street: street ?? line, houseNumber: houseNumber ?? '', postcode: postcode ?? null }
}
