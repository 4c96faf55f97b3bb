import { createHash, randomBytes } from 'node:crypto'

/** 192 bits, for a cookie or a link. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

/** As kept in the database. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** SHA-256 over JSON, whatever the order of its keys. */
export function hashBody(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value ?? null, sortedKeys))
    .digest('hex')
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
