import { createHash, randomBytes } from 'node:crypto'

/** 192 bits, for a cookie or a link. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

/** As kept in the database. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
