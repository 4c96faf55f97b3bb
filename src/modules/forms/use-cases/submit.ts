import { openCase, openedBefore, type Channel, type OpenedCase, type OpenedWith } from '#modules/cases/public.ts'
import {
  examine,
  fieldMessages,
  messageOf,
  type Answers,
  type Examined,
  type ServiceDefinition,
} from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { hashBody, scopedKey } from '#platform/http/idempotency.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { saidOfApplicant } from '../domain/applicant.ts'
import { hashSecret } from '../domain/secret.ts'
import { markSubmitted, type Draft } from '../store/drafts.ts'
import { draftOwner, fileFacts } from '../store/files.ts'
import { bodyOfKey, submissionStatement } from '../store/submissions.ts'
import { addressFields, checkAddresses } from './addresses.ts'
import { allFileIds } from './save-step.ts'

type Submitted = { readonly ok: true; readonly value: OpenedCase } | Failure<'invalid-input' | 'key-reused'>

/** The key of a draft's submission: whoever presses twice, reloads or tries again gets the one case. */
export const draftKey = (draftId: string): string => `draft:${draftId}`

/** Sends a draft: checks everything once more, and opens the case in the one transaction that also closes the draft. */
export async function submitDraft(ctx: Ctx, def: ServiceDefinition, draft: Draft): Promise<Submitted> {
  const good = await checkedAnswers(ctx, def, draft.answers, draftOwner(draft.id))
  if (!good.ok) return good
  const { examined } = good
  const now = ctx.clock.now()
  const opened = await open(ctx, def, draft.version, examined, {
    key: draftKey(draft.id),
    channel: 'web',
    also: ({ caseId, caseNumber }) => [markSubmitted(draft.id, caseId, caseNumber, now)],
  })
  return ok(opened)
}

/**
 * An application as JSON. The same key with the same body gives the same case again; with another body it is refused
 * (`key-reused`), because one of the two would be lost.
 *
 * What was good the first time may be refused when it is repeated: its files belong to the case by then, its first day
 * has passed. So whatever is refused is looked up by its key before it is called wrong; what is good is not, to save
 * the round trip.
 *
 * Round trips: number, one statement with everything in it (and facts of files or addresses where there are any).
 */
export async function submitJson(
  ctx: Ctx,
  { def, version, body, key }: { def: ServiceDefinition; version: number; body: unknown; key: string },
): Promise<Submitted> {
  const scoped = scopedKey(ctx, key)
  const keyHash = hashSecret(`${def.slug}:${scoped}`)
  const bodyHash = hashBody(body)
  const isSameBody = async () => (await bodyOfKey(ctx, keyHash)) === bodyHash
  const good = await checkedAnswers(ctx, def, body, null)
  if (!good.ok) {
    const before = await openedBefore(ctx, { service: def.slug, idempotencyKey: scoped })
    if (!before) return good
    return (await isSameBody()) ? ok(before) : fail('key-reused')
  }
  const opened = await open(ctx, def, version, good.examined, {
    key: scoped,
    channel: 'api',
    also: () => [submissionStatement(keyHash, bodyHash, ctx.clock.now())],
  })
  if (opened.repeated && !(await isSameBody())) return fail('key-reused')
  return ok(opened)
}

async function checkedAnswers(
  ctx: Ctx,
  def: ServiceDefinition,
  given: unknown,
  owner: string | null,
): Promise<{ readonly ok: true; readonly examined: Examined } | Failure<'invalid-input'>> {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  const answers = isObject ? (given as Record<string, unknown>) : {}
  const ids = isObject ? allFileIds(def, answers) : []
  const files = await fileFacts(ctx, ids.slice(0, 200), owner)
  const examined = examine(def, given, { today: today(ctx.clock), files })
  // Told with everything else that is wrong, so that nobody finds out at the second try only.
  const isGood = (pointer: string) => !examined.issues.some((issue) => `${issue.pointer}/`.startsWith(`${pointer}/`))
  const mustBeKnown = addressFields(def, examined.answers).filter(
    ({ field, pointer }) => field.of === 'city' && isGood(pointer),
  )
  const { answers: spelt, unknown } = await checkAddresses(ctx, mustBeKnown, examined.answers)
  if (examined.issues.length > 0 || unknown.length > 0) {
    const fields = { ...unknownAddresses(ctx, def, unknown), ...fieldMessages(def, examined, ctx.locale) }
    return fail('invalid-input', { fields })
  }
  return { ok: true, examined: { ...examined, answers: spelt as Answers } }
}

function unknownAddresses(ctx: Ctx, def: ServiceDefinition, pointers: readonly string[]): Record<string, string> {
  const message = (pointer: string) =>
    messageOf(
      def,
      { code: 'address-unknown', pointer, path: pointer.replace(/\/\d+\//, '.'), step: null, field: null },
      ctx.locale,
    )
  return Object.fromEntries(pointers.map((pointer) => [pointer, message(pointer)]))
}

function open(
  ctx: Ctx,
  def: ServiceDefinition,
  version: number,
  { answers }: Examined,
  more: {
    key: string
    channel: Channel
    also: OpenedWith
  },
): Promise<OpenedCase> {
  const say = (expression: string | undefined) => saidOfApplicant(expression, answers)
  const email = say(def.applicant.email) ?? ctx.account?.email ?? ''
  return openCase(
    ctx,
    {
      service: def.slug,
      version,
      answers,
      files: allFileIds(def, answers),
      applicant: {
        accountId: ctx.account?.kind === 'citizen' ? ctx.account.id : null,
        name: say(def.applicant.name) ?? ctx.account?.name ?? email,
        email,
        telephone: say(def.applicant.telephone),
        locale: ctx.locale,
      },
      idempotencyKey: more.key,
      channel: more.channel,
    },
    { with: more.also },
  )
}
