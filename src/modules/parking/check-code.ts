import { createHash, randomBytes } from 'node:crypto'

/** The secret in the QR code: 128 random bits; the database keeps its hash alone. */
export function newCheckCode(): { code: string; hash: string } {
  const code = randomBytes(16).toString('base64url')
  return { code, hash: hashOfCheckCode(code) }
}

export const hashOfCheckCode = (code: string): string => createHash('sha256').update(code).digest('hex')
