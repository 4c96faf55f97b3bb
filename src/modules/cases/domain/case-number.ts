/**
 * Case numbers: `PREFIX-YYYY-NNNNNN-C`, for example `BPA-2026-000017-4`.
 *
 * C is a check digit after Damm (H. Michael Damm, "Total anti-symmetrische Quasigruppen", 2004). Over the digits of
 * year and number it finds every single wrong digit and every swap of two neighbours, which no weighting modulo 10
 * (Luhn, EAN) does, and it stays one digit, which ISO 7064 MOD 11-2 (with its X) does not. The letters of the prefix
 * go in as two digits each, so most mistakes there are found, too.
 */
export interface CaseNumber {
  /** Two to eight letters that name the service. */
  readonly prefix: string
  /** Year of opening in the city's time. */
  readonly year: number
  /** 1 to 999,999. */
  readonly serial: number
}

/** The totally anti-symmetric quasigroup of order 10 from Damm's thesis. */
const QUASIGROUP = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const

export const LAST_SERIAL = 999_999

/** The check digit (0 to 9) of a case number. */
export function caseNumberCheckDigit({ prefix, year, serial }: CaseNumber): number {
  const letters = [...prefix].map((letter) => String(letter.charCodeAt(0) - 55)).join('')
  const digits = letters + String(year).padStart(4, '0') + String(serial).padStart(6, '0')
  let interim = 0
  for (const digit of digits) interim = QUASIGROUP[interim]![Number(digit)]!
  return interim
}

/**
 * As it is printed: `BPA-2026-000123-4`.
 * @throws Error for a prefix or serial number that cannot be one: an error of the program, never of a person
 */
export function formatCaseNumber(number: CaseNumber): string {
  const { prefix, year, serial } = number
  if (!/^[A-Z]{2,8}$/.test(prefix)) throw new Error(`no prefix of case numbers: ${prefix}`)
  if (!Number.isInteger(serial) || serial < 1 || serial > LAST_SERIAL) throw new Error(`no serial number: ${serial}`)
  return `${prefix}-${String(year).padStart(4, '0')}-${String(serial).padStart(6, '0')}-${caseNumberCheckDigit(number)}`
}

export type ReadCaseNumber =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly reason: 'empty' | 'no-case-number' | 'check-digit' }

/**
 * Reads a case number as people type it from a letter: in lower case, with blanks or long dashes or none at all,
 * with the letter O for a nought and I or L for a one. Tells a typing error (`check-digit`) from something that is no
 * case number at all.
 */
export function readCaseNumber(typed: string): ReadCaseNumber {
  const compact = typed
    .slice(0, 64)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  if (compact === '') return { ok: false, reason: 'empty' }
  const prefix = compact.slice(0, -11)
  const digits = compact.slice(-11).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!/^[A-Z]{2,8}$/.test(prefix) || !/^[0-9]{11}$/.test(digits)) return { ok: false, reason: 'no-case-number' }
  const serial = Number(digits.slice(4, 10))
  if (serial === 0) return { ok: false, reason: 'no-case-number' }
  const number = formatCaseNumber({ prefix, year: Number(digits.slice(0, 4)), serial })
  return number.endsWith(digits.slice(10)) ? { ok: true, number } : { ok: false, reason: 'check-digit' }
}
