import { createHash, createHmac } from 'node:crypto'

/**
 * The code that opens the state of one case without an account. Twelve signs of an alphabet of 32 (60 bits), because
 * somebody copies it by hand from a letter. Shorter than our other tokens (128 bits) for that reason: it opens nothing
 * without the case number, and guesses are limited by address (see `routes/status.ts`).
 */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * The code of a case, from its id and the idempotency key of its submission. So a repeated submission (a lost reply,
 * a double click) gets the same code again, although only a hash of it is kept. Nobody can compute it who does not
 * know both: the id is random and never shown, the key is known to the sender alone and kept as a hash, too.
 */
export function accessCodeFor(caseId: string, idempotencyKey: string): string {
  return codeFrom(createHmac('sha256', idempotencyKey).update(`access-code:${caseId}`).digest())
}

/** The code of a case that the demo city was seeded with; opens no other case. */
export const demoAccessCode = (caseId: string): string => accessCodeFor(caseId, demoKey(caseId))

/** What stands for the idempotency key of a seeded case. */
export const demoKey = (caseId: string): string => `demo:${caseId}`

/** Writes random bytes as a code: `K7QM-2R9X-WB4D`. */
export function codeFrom(bytes: Uint8Array): string {
  const signs = [...bytes.subarray(0, 12)].map((byte) => ALPHABET[byte % 32]!)
  return [signs.slice(0, 4), signs.slice(4, 8), signs.slice(8)].map((group) => group.join('')).join('-')
}

/** What people type instead of what is printed: blanks, lower case, O and 0, I and 1 (none of which is in a code). */
export function readAccessCode(typed: string): string {
  const signs = typed
    .slice(0, 64)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  return signs
}

/** As kept in the database; bound to the case, so that equal codes would not look equal. */
export function hashAccessCode(caseId: string, code: string): string {
  return createHash('sha256')
    .update(`${caseId}:${readAccessCode(code)}`)
    .digest('hex')
}

export function hashIdempotencyKey(service: string, key: string): string {
  return createHash('sha256').update(`${service}:${key}`).digest('hex')
}
