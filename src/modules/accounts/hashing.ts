import { hash, verify, type Algorithm } from '@node-rs/argon2'
import { turns } from '#platform/turns.ts'
import { normalizePassword } from './domain/password.ts'

/** argon2id with 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's first choice. About 25 ms here. */
const OPTIONS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * Each hash takes 19 MiB and a thread of the pool that file access needs, too: so no more than two at once. 200 in line
 * are three seconds here; whoever comes then is told to try again, and throws `Busy`.
 */
const inTurn = turns({ atOnce: 2, waiting: 200 })

export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normalizePassword(password), OPTIONS))

/**
 * Whether the password is the one behind the hash. Where there is no hash (nobody has that address, or no password yet)
 * it works just as long on another one, so that time does not tell.
 */
export async function verifyPassword(hashed: string | null, password: string): Promise<boolean> {
  const against = hashed ?? (await nobodysHash())
  const right = await inTurn(() => verify(against, normalizePassword(password)).catch(() => false))
  return hashed !== null && right
}

let nobody: Promise<string> | null = null
const nobodysHash = () => (nobody ??= hashPassword(crypto.randomUUID()))

/** Makes the hash that unknown addresses are compared with, so that the first of them does not take twice as long. */
export const warmUpHashing = async (): Promise<void> => void (await nobodysHash())
