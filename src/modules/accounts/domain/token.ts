import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, in letters that a link and a cookie can hold. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token: enough to know it again, useless to who reads the table. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Whether it can be one of ours at all, so that nonsense costs no query. */
export const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text)
