import type { Address } from '#modules/addresses/public.ts'

/** A street of a zone as people read it: whole, or which numbers of it. */
export interface ZoneStreet {
  readonly street: string
  /** `1–57` and `2–60`, lowest to highest of each side. */
  readonly numbers: string
}

/** The houses of a zone put together to streets, with the span of odd and of even numbers. */
export function streetsOf(addresses: readonly Pick<Address, 'street' | 'houseNumber'>[]): ZoneStreet[] {
  const streets = Map.groupBy(addresses, (address) => address.street)
  return [...streets]
    .map(([street, houses]) => {
      const numbers = houses.map((house) => Number.parseInt(house.houseNumber, 10))
      const spans = [numbers.filter((n) => n % 2 === 1), numbers.filter((n) => n % 2 === 0)].filter(
        (side) => side.length > 0,
      )
      return { street, numbers: spans.map(spanOf).join(', ') }
    })
    .toSorted((a, b) => a.street.localeCompare(b.street, 'de'))
}

function spanOf(numbers: readonly number[]): string {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return low === high ? String(low) : `${low}–${high}`
}
