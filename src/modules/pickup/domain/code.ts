import { randomInt, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * Ten digits, which a touch screen and a telephone can take: five find the document, five are the secret. Guesses are
 * limited by document and by device, so 100,000 are enough; against who reads the table scrypt makes each guess dear.
 */
export const newNumber = (): string => fiveDigits()
export const newSecret = (): string => fiveDigits()

const fiveDigits = () => String(randomInt(10_000, 100_000))

/** As people read it: `12345 67890`. */
export const codeOf = (number: string, secret: string): string => `${number} ${secret}`

/** As people type it, with blanks and hyphens; null where it can be no code. */
export function readCode(typed: string): { number: string; secret: string } | null {
  const digits = typed.slice(0, 40).replaceAll(/[\s-]/g, '')
  return /^\d{10}$/.test(digits) ? { number: digits.slice(0, 5), secret: digits.slice(5) } : null
}

/** Bound to the document, so that equal secrets do not look equal. 16 MB and some 40 ms each. */
export const hashOf = (document: string, secret: string): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(secret, `pickup:${document}`, 32, (error, hash) => (error ? reject(error) : resolve(hash))),
  )

export async function isSecretOf(document: string, hash: Uint8Array, secret: string): Promise<boolean> {
  return timingSafeEqual(await hashOf(document, secret), hash)
}
