import { definitionOf, type Answers } from '#modules/services/public.ts'
import type { RawBuilder } from 'kysely'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { savepoint } from '#platform/db/transaction.ts'
import { eventParts } from '#platform/events/publish.ts'
import { jobCall } from '#platform/jobs/enqueue.ts'
import { cityDate } from '#platform/time/clock.ts'
import { accessCodeFor, hashAccessCode, hashIdempotencyKey } from '../domain/access-code.ts'
import type { Applicant, Channel } from '../domain/case.ts'
import { lastDayOf } from '../domain/deadline.ts'
import { advancesByItself, expectsDeadline, stateOf } from '../domain/workflow.ts'
import { caseOpened } from '../events.ts'
import { advanceCase, caseTimer } from '../job-types.ts'
import { caseByIdempotencyHash, insertCase } from '../store/case.ts'
import { nextCaseNumber } from '../store/serial.ts'
import { timerInsert } from '../store/timers.ts'
import { timerUntil } from './timers.ts'

export interface NewCase {
  /** Slug of the service. */
  readonly service: string
  readonly version: number
  /** Checked, normalised and pruned: `examine` of `services` gave them, without an issue. */
  readonly answers: Answers
  /** Ids of the uploaded files that the answers name. */
  readonly files: readonly string[]
  readonly applicant: Applicant
  /** Same key and service: the same case, however often and however close together it is submitted. */
  readonly idempotencyKey: string
  readonly channel: Channel
}

export interface OpenedCase {
  readonly caseId: string
  readonly caseNumber: string
  /** Opens the state of the case without an account, together with its number. */
  readonly accessCode: string
  /** Whether the case was there already. */
  readonly repeated: boolean
}

/** Further writes of the caller that go into the same statement; not made where the case was there already. */
export type OpenedWith = (opened: Pick<OpenedCase, 'caseId' | 'caseNumber'>) => readonly RawBuilder<unknown>[]

/** How often a number is drawn again where it is taken already; see `nextCaseNumber`. */
const TRIES = 3

/**
 * Opens a case: case, documents, audit entry, event and jobs in one statement, so in one transaction, the caller's or
 * its own. Idempotent by key and service, also for two at once: both get the same case.
 *
 * `with`: data-modifying statements (`insert … returning`, `update … returning`) that belong to the opening.
 * Round trips: one for the number, one for everything else (and two for the savepoint in a transaction).
 */
export async function openCase(ctx: Ctx, input: NewCase, more: { with?: OpenedWith } = {}): Promise<OpenedCase> {
  const idempotencyHash = hashIdempotencyKey(input.service, input.idempotencyKey)
  for (let attempt = 1; ; attempt++) {
    try {
      return ctx.db.isTransaction
        ? await savepoint(ctx, () => open(ctx, input, idempotencyHash, more.with))
        : await open(ctx, input, idempotencyHash, more.with)
    } catch (error) {
      const constraint = uniqueViolation(error)
      if (constraint === 'cases_case_idempotency') return mustBeThere(await openedBefore(ctx, input))
      if (constraint !== 'cases_case_number' || attempt === TRIES) throw error
    }
  }
}

async function open(ctx: Ctx, input: NewCase, idempotencyHash: string, also?: OpenedWith): Promise<OpenedCase> {
  const definition = await definitionOf(ctx, input.service, input.version)
  if (!definition) throw new Error(`there is no version ${input.version} of the service ${input.service}`)
  const openedAt = ctx.clock.now()
  const openedOn = cityDate(openedAt)
  const state = stateOf(definition, definition.workflow.initial)
  const id = newId()
  const number = await nextCaseNumber(ctx, definition.prefix, openedOn.year)
  const accessCode = accessCodeFor(id, input.idempotencyKey)
  const { applicant } = input
  const dueOn = state.deadline ? lastDayOf(state.deadline, openedOn) : null
  const timer =
    dueOn && expectsDeadline(definition, state.name) ? timerUntil({ id, enteredAt: openedAt }, 'deadline', dueOn) : null
  const event = eventParts(ctx, caseOpened, {
    caseId: id,
    caseNumber: number,
    service: input.service,
    accountId: applicant.accountId,
  })
  await insertCase(
    ctx,
    {
      id,
      number,
      service: input.service,
      version: input.version,
      state: state.name,
      unit: definition.unit,
      accountId: applicant.accountId,
      name: applicant.name,
      email: applicant.email,
      telephone: applicant.telephone ?? null,
      locale: applicant.locale,
      channel: input.channel,
      answers: input.answers,
      files: input.files,
      openedAt,
      dueOn,
      accessCodeHash: hashAccessCode(id, accessCode),
      idempotencyHash,
    },
    {
      event: event.insert,
      also: [...(also?.({ caseId: id, caseNumber: number }) ?? []), ...(timer ? [timerInsert(timer)] : [])],
      jobs: [
        ...event.calls,
        ...(timer ? [jobCall(ctx, caseTimer, { timerId: timer.id }, { key: timer.id, runAt: timer.runAt })] : []),
        ...(advancesByItself(definition, state.name) ? [jobCall(ctx, advanceCase, { caseId: id }, { key: id })] : []),
      ],
    },
  )
  return { caseId: id, caseNumber: number, accessCode, repeated: false }
}

/** What was opened with this key of this service; null where nothing was. */
export async function openedBefore(
  ctx: Ctx,
  { service, idempotencyKey }: Pick<NewCase, 'service' | 'idempotencyKey'>,
): Promise<OpenedCase | null> {
  const there = await caseByIdempotencyHash(ctx, hashIdempotencyKey(service, idempotencyKey))
  if (!there) return null
  const accessCode = accessCodeFor(there.id, idempotencyKey)
  return { caseId: there.id, caseNumber: there.number, accessCode, repeated: true }
}

function mustBeThere(opened: OpenedCase | null): OpenedCase {
  if (!opened) throw new Error('a case with this idempotency key was there and is gone')
  return opened
}

/** Name of the violated constraint, where the error is a unique violation (SQLSTATE 23505). */
function uniqueViolation(error: unknown): string | null {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' ? (constraint ?? null) : null
}
