/** Digits and letters that nobody mistakes for each other on a windscreen: no 0 and O, 1 and I, 2 and Z, 5 and S, 8 and B, U and V. */
const SIGNS = '34679ACDEFGHJKLMNPQRTWXY'
const LENGTH = 6

/** `BP-2026-7KX4MD` from random bytes: 24^6, 191 million numbers a year, so that nobody guesses a neighbour's. */
export function permitNumber(year: number, randomBytes: Uint8Array): string {
  let value = randomBytes.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0)
  let signs = ''
  for (let i = 0; i < LENGTH; i++) {
    signs += SIGNS[value % SIGNS.length]!
    value = Math.floor(value / SIGNS.length)
  }
  return `BP-${year}-${signs}`
}

/** The number in a text that somebody typed, or null: "bp 2026 7kx4md" is one. */
export function readPermitNumber(typed: string): string | null {
  const [, year, signs] = /^BP(\d{4})([A-Z0-9]{6})$/.exec(typed.toUpperCase().replace(/[^A-Z0-9]/g, '')) ?? []
  return year && signs ? `BP-${year}-${signs}` : null
}
