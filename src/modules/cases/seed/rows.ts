import type { Random } from '#modules/musterstadt/public.ts'
import type { PastPayment } from '#modules/payments/public.ts'
import { feeFor, type ServiceDefinition } from '#modules/services/public.ts'
import type { AuditEntry } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { CITY_TIME_ZONE, cityDate, today } from '#platform/time/clock.ts'
import { demoAccessCode, demoKey, hashAccessCode, hashIdempotencyKey } from '../domain/access-code.ts'
import { statusPath } from '../domain/case.ts'
import { endOfDay } from '../domain/deadline.ts'
import { searchWords } from '../domain/search-words.ts'
import * as store from '../store/seed.ts'
import { dogAnswers, parkingAnswers, parkingFindings } from './answers.ts'
import type { Draft } from './drafts.ts'
import { Chain } from './life.ts'
import { talk } from './talk.ts'

/** What the tables hold of the drafts, table by table. */
export function rowsOf(ctx: Ctx, dice: Random, drafts: readonly Draft[], numbers: ReadonlyMap<string, string>) {
  const rows = {
    cases: [] as store.PastCase[],
    entries: [] as AuditEntry[],
    messages: [] as store.PastMessage[],
    notes: [] as store.PastNote[],
    decisions: [] as store.PastDecision[],
    uploads: [] as store.PastUpload[],
    timers: [] as { id: string; case_id: string; entered_at: string; event: string; run_at: string }[],
    payments: [] as PastPayment[],
  }
  for (const draft of drafts) {
    const number = numbers.get(draft.id)!
    const isParking = draft.definition.slug === 'resident-parking'
    const upload = isParking || draft.story.chapters[0]?.transition === 'to-review' ? dice.uuid() : null
    const kase = caseRow(ctx, dice, draft, number, upload)
    rows.cases.push(kase)
    if (upload)
      rows.uploads.push({
        id: dice.uuid(),
        file_id: upload,
        case_id: draft.id,
        name: isParking ? 'Zulassungsbescheinigung.pdf' : 'Nachweis.pdf',
        created_at: kase.opened_at,
      })
    const chain = chainOf(draft, number, kase)
    talk(dice, draft, kase, chain, rows)
    rows.entries.push(...chain.entries)
    for (const step of draft.life.steps)
      if (step.transition.by === 'clerk')
        rows.decisions.push({
          id: dice.uuid(),
          case_id: draft.id,
          transition: step.transition.name,
          input: step.input,
          author: draft.clerk,
          decided_at: step.at.toString(),
        })
    if (draft.life.dueOn && expectsDeadline(draft))
      rows.timers.push({
        id: dice.uuid(),
        case_id: draft.id,
        entered_at: kase.entered_at,
        event: 'deadline',
        run_at: endOfDay(draft.life.dueOn, CITY_TIME_ZONE).toString(),
      })
    const payment = paymentOf(draft, number, kase)
    if (payment) rows.payments.push(payment)
  }
  return rows
}

const expectsDeadline = ({ definition, life }: Draft): boolean =>
  definition.workflow.transitions.some((t) => t.on === 'deadline' && t.from.includes(life.state.name))

function caseRow(ctx: Ctx, dice: Random, draft: Draft, number: string, upload: string | null): store.PastCase {
  const { id, definition, story, life, applicant, clerk } = draft
  const closed = life.state.kind === 'final'
  const openedOn = cityDate(life.openedAt)
  const isParking = definition.slug === 'resident-parking'
  const answers = isParking
    ? parkingAnswers(dice, applicant, story, openedOn.add({ days: dice.int(1, 20) }).toString(), upload)
    : dogAnswers(dice, applicant, story, openedOn.subtract({ days: dice.int(5, 60) }).toString(), upload)
  const name = `${applicant.givenName} ${applicant.familyName}`
  const last = life.steps.at(-1)
  const hasClerk = life.steps.some(({ transition }) => transition.by === 'clerk')
  const isTaken = hasClerk || (!closed && life.state.kind === 'clerk' && dice.chance(0.45))
  const isOpenWork = !closed && isTaken
  return {
    id,
    number,
    service: definition.slug,
    service_version: definition.version,
    state: life.state.name,
    unit: definition.unit,
    assignee: isTaken ? clerk : null,
    account_id: applicant.accountId,
    applicant_name: name,
    applicant_email: applicant.email,
    applicant_telephone: applicant.telephone,
    locale: applicant.locale,
    channel: dice.chance(0.08) ? 'api' : 'web',
    answers,
    findings: isParking ? parkingFindings(applicant, story, life.openedAt.toString()) : {},
    reason: !closed && last?.transition.hasReason ? last.transition.name : null,
    missing: life.state.waitsFor === 'applicant' ? (last?.input['missing'] ?? null) : null,
    opened_at: life.openedAt.toString(),
    entered_at: life.enteredAt.toString(),
    changed_at: life.enteredAt.toString(),
    news_at: null,
    closed_at: closed ? life.enteredAt.toString() : null,
    outcome: closed ? (life.state.outcome ?? null) : null,
    due_on: life.dueOn?.toString() ?? null,
    follow_up_on:
      isOpenWork && dice.chance(0.35)
        ? today(ctx.clock)
            .add({ days: dice.int(-4, 9) })
            .toString()
        : null,
    version: life.steps.length + 1,
    access_code_hash: hashAccessCode(id, demoAccessCode(id)),
    idempotency_hash: hashIdempotencyKey(definition.slug, demoKey(id)),
    words: searchWords({ number, name, email: applicant.email, telephone: applicant.telephone, answers }).join(' '),
  }
}

function chainOf({ id, definition, life, applicant, clerk }: Draft, number: string, kase: store.PastCase): Chain {
  const chain = new Chain(id)
  chain.add(life.openedAt, applicant.accountId ?? 'applicant', 'cases.opened', {
    number,
    service: definition.slug,
    version: definition.version,
    state: definition.workflow.initial,
    channel: kase.channel,
  })
  const findings = Object.entries(kase.findings as Record<string, { outcome: string; message: unknown }>)
  if (findings.length > 0)
    chain.add(
      life.openedAt.add({ seconds: 2 }),
      'system',
      'cases.checked',
      Object.fromEntries(findings.map(([name, { outcome, message }]) => [name, { outcome, message }])),
    )
  let from = definition.workflow.initial
  for (const { transition, at, actor, input } of life.steps) {
    if (transition.by === 'clerk') chain.add(at.subtract({ minutes: 12 }), clerk, 'cases.taken', { from: null })
    const outcome = definition.workflow.states.find(({ name }) => name === transition.to)?.outcome ?? null
    if (transition.on === 'payment-received')
      chain.add(at, 'system', 'cases.paid', { cents: feeOf(definition, kase), moved: true })
    chain.add(at, actor, 'cases.moved', { transition: transition.name, from, to: transition.to, input, outcome })
    from = transition.to
  }
  return chain
}

const feeOf = (definition: ServiceDefinition, kase: store.PastCase): number => {
  const openedOn = cityDate(Temporal.Instant.from(kase.opened_at))
  const fee = feeFor(definition, kase.answers as never, openedOn, definition.fees[0]?.name)
  return fee.ok ? fee.value.cents : 0
}

function paymentOf(
  { id, definition, life, applicant }: Draft,
  number: string,
  kase: store.PastCase,
): PastPayment | null {
  const asked = life.steps.find(({ transition }) =>
    transition.actions.some((action) => action.do === 'request-payment'),
  )
  if (!asked) return null
  const paid = life.steps.find(({ transition }) => transition.on === 'payment-received')
  const ended = life.steps.at(-1)!
  return {
    key: `demo:case:${id}`,
    purpose: `${number} ${definition.texts[applicant.locale].service.title}`,
    cents: feeOf(definition, kase),
    dueOn: life.dueOn ?? cityDate(asked.at).add({ days: 14 }),
    payer: { accountId: applicant.accountId, name: kase.applicant_name, email: applicant.email },
    locale: applicant.locale,
    subject: `case:${id}`,
    returnPath: statusPath({ number, applicant: { ...applicant, name: kase.applicant_name } }),
    at: asked.at,
    paidAt: paid?.at ?? null,
    method: kase.channel === 'api' ? 'transfer' : 'online',
    cancelledAt: !paid && life.state.kind === 'final' ? ended.at : null,
  }
}
