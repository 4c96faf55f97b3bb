/** Largest amount that is handled: ten billion euros. Sums of many such stay whole numbers in a double. */
const MOST_CENTS = 1_000_000_000_000

/**
 * Decimal text of a machine (`1234.5`, `0012.340`) as cents; null where it is no amount or has a fraction of a cent.
 * Never through a floating-point number: 0.29 * 100 is not 29.
 */
export function centsFromDecimal(text: string): number | null {
  const parts = /^(-?)(\d{1,13})(?:\.(\d{0,2})0*)?$/.exec(text.trim())
  if (!parts) return null
  const cents = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'))
  if (cents > MOST_CENTS) return null
  return parts[1] === '-' && cents !== 0 ? -cents : cents
}

/** "1234.50" from cents, for machines. */
export function decimalFromCents(cents: number): string {
  const sign = cents < 0 ? '-' : ''
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * An amount as people type it, with German or English separators: `1.234,56`, `1234,5`, `12 €`, `1,234.56`.
 * Where only one separator stands, two digits or fewer after it are cents, three are thousands. Null where it is none.
 */
export function centsFromTyped(text: string): number | null {
  const clean = text.replace(/€|EUR/gi, '').replace(/[\s\u00A0\u202F']/g, '')
  if (!/^-?\d[\d.,]*$/.test(clean)) return null
  const last = Math.max(clean.lastIndexOf(','), clean.lastIndexOf('.'))
  if (last === -1) return centsFromDecimal(clean)
  const mark = clean[last]!
  const other = mark === ',' ? '.' : ','
  const whole = clean.slice(0, last)
  const rest = clean.slice(last + 1)
  const isGrouping = rest.length === 3 && !whole.includes(other)
  const groups = isGrouping ? clean.split(mark) : whole.split(other)
  const wellGrouped = groups.slice(1).every((group) => group.length === 3) && /^-?\d{1,13}$/.test(groups[0]!)
  if (!wellGrouped || (groups.length > 1 && groups[0]!.replace('-', '').length > 3)) return null
  if (isGrouping) return centsFromDecimal(groups.join(''))
  return /^\d{0,2}$/.test(rest) ? centsFromDecimal(`${groups.join('')}.${rest}`) : null
}
