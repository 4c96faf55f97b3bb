import { createHash, randomBytes } from 'node:crypto'

/** 96 random bits in base64url: short enough for a QR code that a telephone reads at once. Shows one ticket for one day. */
export const newCode = (): string => randomBytes(12).toString('base64url')

export const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('hex')
