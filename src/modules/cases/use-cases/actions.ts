import {
  cancelPayment,
  isOutstanding,
  isSettled,
  paymentsFor,
  refund,
  requestPayment,
} from '#modules/payments/public.ts'
import {
  feeFor,
  type JsonValue,
  type ServiceDefinition,
  type Transition,
  type WorkflowAction,
} from '#modules/services/public.ts'
import { notify } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { today } from '#platform/time/clock.ts'
import { statusPath } from '../domain/case.ts'
import { lastDayOf } from '../domain/deadline.ts'
import type { FieldValues } from '../domain/workflow.ts'
import { ActionRefused, caseAction } from '../extension.ts'
import { caseEvent } from '../job-types.ts'
import { insertDocument } from '../store/documents.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { makeLetter } from './letter.ts'
import { fillIn, placeholders } from './placeholders.ts'
import { nothingDone, type Progress } from './progress.ts'
import { holdsIn, inputsFrom } from './scope.ts'
import { startTimer } from './timers.ts'

/** Days to pay where the workflow's state has no deadline of its own (demo value, as on the city's invoices). */
const DAYS_TO_PAY = 14

/** Runs a transition's actions one after the other, in the transaction of the transition. */
export async function runActions(
  ctx: Ctx,
  definition: ServiceDefinition,
  kase: Case,
  transition: Transition,
  input: FieldValues,
): Promise<void> {
  const progress = nothingDone(ctx, definition, kase, input, transition)
  for (const [index, action] of transition.actions.entries()) {
    if (action.when !== undefined && !holdsIn(progress.scope)(action.when)) continue
    await runAction(ctx, action, progress, `${kase.id}/${kase.revision}/${transition.name}/${index}`)
  }
}

/** @param key unique for this action of this transition of this case, the same if it is tried again */
async function runAction(ctx: Ctx, action: WorkflowAction, progress: Progress, key: string): Promise<void> {
  const inputs = inputsFrom(progress.scope, action.input)
  switch (action.do) {
    case 'notify':
      return sendNotice(ctx, action, progress, inputs, key)
    case 'request-payment':
      return askForMoney(ctx, action, progress, key)
    case 'require-payment':
      return requirePayment(ctx, progress)
    case 'letter': {
      const fileId = await makeLetter(ctx, action.template ?? '', progress, inputs)
      progress.letters.push(fileId)
      return
    }
    case 'start-timer':
      return startTimer(ctx, progress.kase, 'deadline', lastDayOf(action.after ?? {}, today(ctx.clock)))
    case 'cancel-payment': {
      for (const payment of await paymentsFor(ctx, `case:${progress.kase.id}`)) {
        if (isOutstanding(payment.state))
          await cancelPayment(ctx, payment.id, `${progress.kase.number}: ${progress.kase.state}`)
      }
      return
    }
    case 'refund-payment':
      return giveMoneyBack(ctx, progress, key)
    default:
      return runForeignAction(ctx, action, progress, inputs)
  }
}

async function sendNotice(
  ctx: Ctx,
  action: WorkflowAction,
  progress: Progress,
  inputs: Record<string, unknown>,
  key: string,
): Promise<void> {
  const { definition, kase } = progress
  const { locale, accountId, email, telephone } = kase.applicant
  const notice = definition.texts[locale].notices[action.template ?? '']
  if (!notice) throw new Error(`the service ${kase.service} has no notice ${action.template}`)
  const values = placeholders(progress, inputs)
  await notify(ctx, {
    key: `case/${key}`,
    to: { accountId, email, telephone },
    // A clerk's decision is told in any case.
    unconfirmed: ctx.account?.kind !== 'staff',
    sms: action.sms,
    locale,
    subject: fillIn(notice.subject, values),
    paragraphs: notice.paragraphs.map((paragraph) => fillIn(paragraph, values)),
    ...(notice.link === undefined
      ? {}
      : { link: { path: progress.payment?.path ?? statusPath(kase), label: fillIn(notice.link, values) } }),
    caseId: kase.id,
    unit: kase.unit,
    attachments: progress.letters,
  })
}

async function askForMoney(ctx: Ctx, action: WorkflowAction, progress: Progress, key: string): Promise<void> {
  const { definition, kase } = progress
  const fee = feeFor(definition, kase.answers, kase.openedOn, action.fee)
  if (!fee.ok) throw new Error(`no fee ${action.fee ?? ''} of ${kase.service} fits on ${kase.openedOn.toString()}`)
  const { cents } = fee.value
  if (cents === 0) {
    // Nothing to pay is as good as paid; told by a job, because this transition is still under way.
    await enqueue(ctx, caseEvent, { caseId: kase.id, event: 'payment-received' }, { key: `${kase.id}/free` })
    return
  }
  const dueOn = kase.dueOn ?? lastDayOf({ days: DAYS_TO_PAY }, today(ctx.clock))
  const { locale, accountId, name, email } = kase.applicant
  const payment = await requestPayment(ctx, {
    key: `case/${key}`,
    purpose: `${kase.number} ${definition.texts[locale].service.title}`,
    cents,
    dueOn,
    payer: { accountId, name, email },
    locale,
    subject: `case:${kase.id}`,
    returnPath: statusPath(kase),
  })
  progress.payment = { path: payment.payPath, cents, dueOn }
  await audit(ctx, {
    subject: `case:${kase.id}`,
    action: 'cases.payment-requested',
    data: { cents, dueOn: dueOn.toString() },
  })
}

/** What was paid once can have been called back by the bank, or refunded, before a clerk acts on it. */
async function requirePayment(ctx: Ctx, { kase }: Progress): Promise<void> {
  const states = (await paymentsFor(ctx, `case:${kase.id}`)).map(({ state }) => state)
  // Nothing to pay is as good as paid.
  if (states.length === 0 || (states.some(isSettled) && !states.some(isOutstanding))) return
  throw new ActionRefused({ de: texts({ locale: 'de' }).decide.notPaid, en: texts({ locale: 'en' }).decide.notPaid })
}

/** All that was paid for the case goes back the way it came. */
async function giveMoneyBack(ctx: Ctx, { kase }: Progress, key: string): Promise<void> {
  for (const { id, state, paidCents, refundedCents } of await paymentsFor(ctx, `case:${kase.id}`)) {
    if (!isSettled(state)) continue
    const cents = paidCents - refundedCents
    const refunded = await refund(ctx, { paymentId: id, cents, reason: kase.number, key: `case/${key}/${id}` })
    if (!refunded.ok) throw new Error(`payment ${id} of ${kase.number} cannot be refunded: ${refunded.problem}`)
  }
}

async function runForeignAction(
  ctx: Ctx,
  action: WorkflowAction,
  progress: Progress,
  inputs: Record<string, unknown>,
): Promise<void> {
  const implementation = ctx.app.extensions(caseAction).get(action.do)
  if (!implementation) throw new Error(`no module provides the action ${action.do}`)
  const result = await implementation.run(ctx, progress.kase, inputs)
  const data = result?.data
  if (data !== undefined) {
    progress.results = { ...progress.results, [action.do]: data }
    progress.scope = { ...progress.scope, results: progress.results }
    await keepFile(ctx, action.do, data, progress)
  }
  await audit(ctx, { subject: `case:${progress.kase.id}`, action: 'cases.acted', data: { action: action.do } })
}

/** A file that an action of another module has made becomes a document of the case and goes with the notices. */
async function keepFile(ctx: Ctx, name: string, data: JsonValue, progress: Progress): Promise<void> {
  const { fileId, fileTitle } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
  if (typeof fileId !== 'string') return
  const { id, applicant } = progress.kase
  const titles = (typeof fileTitle === 'object' ? fileTitle : null) as Record<string, unknown> | null
  const inTheirLanguage = titles?.[applicant.locale] ?? fileTitle
  const title = typeof inTheirLanguage === 'string' ? inTheirLanguage : name
  await ctx.app.files.claim(ctx, [fileId], `case:${id}`)
  await insertDocument(ctx, { caseId: id, fileId, kind: 'letter', template: name, title })
  await audit(ctx, { subject: `case:${id}`, action: 'cases.letter-made', data: { template: name, title, fileId } })
  progress.letters.push(fileId)
}
