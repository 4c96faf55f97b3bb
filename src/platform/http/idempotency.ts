import { createHash } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { Type } from '../schema.ts'

/** For the OpenAPI document. */
export const KeyHeader = Type.String({
  minLength: 8,
  maxLength: 200,
  description:
    'Of your own making, a new one for each thing that you want, best a random UUID: with the same key and the same body you ' +
    'can safely repeat the request',
  examples: ['0b9b2b6e-3f0e-4b57-a2a7-f3f5c8a8c0de'],
})

/**
 * RFC draft "The Idempotency-Key HTTP Header Field": a string of visible characters; quotes of a structured field are
 * taken off. Null where it is none.
 */
export function readKey(header: string | string[] | undefined): string | null {
  const key = typeof header === 'string' ? header.trim().replace(/^"(.*)"$/, '$1') : ''
  return /^[\x21-\x7e]{8,200}$/.test(key) ? key : null
}

/** Keys are the sender's own: two senders may use the same. Whoever is not signed in shares one room with everybody. */
export function scopedKey({ account, device }: Pick<Ctx, 'account' | 'device'>, key: string): string {
  return `${device ? `device ${device.id}` : (account?.id ?? 'anybody')}:${key}`
}

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
