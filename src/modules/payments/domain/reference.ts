/**
 * Creditor references after ISO 11649: `RF`, two check digits (ISO 7064, MOD 97-10), then at most 21 letters and digits.
 * Ours are `RFkk` and ten digits: year and number, short enough to be typed from a letter.
 */
const OURS = /RF(\d{2})(\d{10})/

/** Remainder of a number written as letters and digits (A = 10 … Z = 35) by 97, digit by digit: it has up to 50 digits. */
function modulo97(text: string): number {
  let remainder = 0
  for (const character of text)
    for (const digit of String(parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97
  return remainder
}

/** The reference for a number: its check digits make `number + RF + kk` leave 1 when divided by 97. */
export function creditorReference(number: string): string {
  if (!/^[0-9A-Z]{1,21}$/.test(number)) throw new Error('a creditor reference takes 1 to 21 capital letters and digits')
  const check = 98 - modulo97(`${number}RF00`)
  return `RF${String(check).padStart(2, '0')}${number}`
}

/** Whether the text, written with or without spaces, is a creditor reference with right check digits. */
export function isCreditorReference(text: string): boolean {
  const compact = text.replace(/\s/g, '').toUpperCase()
  if (!/^RF\d{2}[0-9A-Z]{1,21}$/.test(compact)) return false
  return modulo97(compact.slice(4) + compact.slice(0, 4)) === 1
}

/** Reference of the n-th payment of a year: two digits of the year, eight of the number. */
export function paymentReference(year: number, n: number): string {
  return creditorReference(`${String(year % 100).padStart(2, '0')}${String(n).padStart(8, '0')}`)
}

/** "RF37 2600 0001 23", in groups of four as people read it. */
export const spacedReference = (reference: string): string => reference.replace(/(.{4})(?=.)/g, '$1 ')

/**
 * Every one of our references that stands in a purpose line, whatever is around it: with spaces, hyphens or line breaks
 * inside, in small letters, with words or a date stuck to it. Wrong check digits are no reference, so that a typing
 * mistake never books to somebody else's payment.
 */
export function referencesIn(text: string): string[] {
  const compact = text.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const found = new Set<string>()
  for (let from = 0; from < compact.length;) {
    const match = OURS.exec(compact.slice(from))
    if (!match) break
    if (isCreditorReference(match[0])) found.add(match[0])
    from += match.index + 2
  }
  return [...found]
}
