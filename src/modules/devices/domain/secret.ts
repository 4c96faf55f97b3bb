import { createHash, randomBytes } from 'node:crypto'

/** `key`: bearer token of a program; `set-up`: link that works once; `browser`: the cookie that it leaves. */
export type Purpose = 'key' | 'set-up' | 'browser'

/** Begins every key, so that people and scanners of leaked secrets recognise it. */
export const KEY_PREFIX = 'rathaus-device_'

/** Hours that a link for setting up works: from the desk to the hall. */
export const SET_UP_HOURS = 24

/** 256 random bits. */
export const newSecret = (purpose: Purpose): string =>
  `${purpose === 'key' ? KEY_PREFIX : ''}${randomBytes(32).toString('base64url')}`

/** What the database keeps of a secret: enough to know it again, useless to who reads the table. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Whether it can be one of ours at all, so that nonsense costs no query. */
export const isSecret = (purpose: Purpose, text: string): boolean =>
  /^[\w-]{43}$/.test(purpose !== 'key' ? text : text.startsWith(KEY_PREFIX) ? text.slice(KEY_PREFIX.length) : '')
