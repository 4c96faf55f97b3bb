import type { Ctx } from '#platform/context.ts'
import { limitedText } from '#platform/limited-text.ts'
import { UNAVAILABLE, type Confirmation, type Difference } from '../domain/confirmation.ts'
import type { PopulationRegister } from './population-register.ts'

/** A person waits for the answer behind a job that is tried again, so that a slow register must not hold it for long. */
const TIMEOUT_MS = 3_000
/** A confirmation is some hundred bytes. */
const MOST_BYTES = 16_384

const OUTCOMES = ['confirmed', 'different', 'not-found'] as const
const DIFFERENCES = ['name', 'birthDate', 'address'] as const

/**
 * A register behind HTTP: `POST <url>/confirmations` with the claim as JSON and the token as bearer, answered by
 * `{ outcome, mainResidence, differences }`. Whatever else comes back counts as no answer.
 */
export function httpRegister(url: string, token: string | null, timeout = TIMEOUT_MS): PopulationRegister {
  return {
    name: 'http',
    confirm: async (ctx, claim) => {
      try {
        const response = await fetch(`${url.replace(/\/$/, '')}/confirmations`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(claim),
          redirect: 'error',
          signal: AbortSignal.timeout(timeout),
        })
        const body = await limitedText(response, MOST_BYTES)
        if (response.status !== 200) return unavailable(ctx, `status ${response.status}`)
        return readConfirmation(JSON.parse(body)) ?? unavailable(ctx, 'an answer that is no confirmation')
      } catch (error) {
        return unavailable(ctx, error instanceof Error ? error.name : 'unknown error')
      }
    },
  }
}

function unavailable(ctx: Ctx, reason: string): Confirmation {
  ctx.log.warn({ reason }, 'population register did not confirm')
  return UNAVAILABLE
}

function readConfirmation(value: unknown): Confirmation | null {
  const { outcome, mainResidence, differences } = (value ?? {}) as Record<keyof Confirmation, unknown>
  if (!isOneOf(OUTCOMES, outcome)) return null
  if (mainResidence !== null && typeof mainResidence !== 'boolean') return null
  if (!Array.isArray(differences) || !differences.every((entry): entry is Difference => isOneOf(DIFFERENCES, entry)))
    return null
  return { outcome, mainResidence, differences }
}

const isOneOf = <T extends string>(list: readonly T[], value: unknown): value is T => list.includes(value as T)
