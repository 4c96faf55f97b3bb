import type { AuditEntry } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { musterstadt, random, type Random } from '#modules/musterstadt/public.ts'
import { recordPastPayments, type PastPayment } from '#modules/payments/public.ts'
import { feeFor, published, type ServiceDefinition } from '#modules/services/public.ts'
import type { Seed } from '#platform/module.ts'
import { CITY_TIME_ZONE, cityDate, today } from '#platform/time/clock.ts'
import { demoAccessCode, demoKey, hashAccessCode, hashIdempotencyKey } from '../domain/access-code.ts'
import { formatCaseNumber } from '../domain/case-number.ts'
import { endOfDay } from '../domain/deadline.ts'
import { searchWords } from '../domain/search-words.ts'
import * as store from '../store/seed.ts'
import { dogAnswers, parkingAnswers, parkingFindings, plateOf, type Person } from './answers.ts'
import { askDemoStatement, writeDemoLetters } from './letters.ts'
import { Chain, play, type Life } from './life.ts'
import { SAMPLE_PDF } from './sample-pdf.ts'
import { pickStory, STORIES, type Story } from './stories.ts'

const CASES = 2_000
/** Of a hundred cases. */
const PARKING_OF_100 = 68

interface Applicant extends Person {
  readonly accountId: string | null
  readonly locale: 'de' | 'en'
}

interface Draft {
  readonly id: string
  readonly definition: ServiceDefinition
  readonly story: Story
  readonly life: Life
  readonly applicant: Applicant
  readonly clerk: string
}

/** 2,000 cases of the last year in all states, with what people wrote, noted, decided and paid. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const definitions = await definitionsOf(ctx)
    if (definitions.length === 0) return
    const dice = random('cases')
    const drafts = draftCases(ctx, dice, definitions)
    const numbers = numberCases(drafts)
    const rows = collect(ctx, dice, drafts, numbers)
    progress(1, 5)
    await store.insertPastCases(ctx, rows.cases)
    progress(2, 5)
    await store.insertPastEntries(ctx, rows.entries)
    await store.insertPastMessages(ctx, rows.messages)
    await store.insertPastNotes(ctx, rows.notes)
    await store.insertPastDecisions(ctx, rows.decisions)
    await store.insertPastTimers(ctx, rows.timers)
    progress(3, 5)
    const sample = await ctx.app.files.save(ctx, { name: 'Nachweis.pdf', content: SAMPLE_PDF, owner: 'cases:demo' })
    await store.insertPastUploads(ctx, sample.id, rows.uploads)
    await recordPastPayments(ctx, rows.payments)
    progress(4, 5)
    await writeDemoLetters(ctx)
    await askDemoStatement(ctx)
    progress(5, 5)
  },
}

async function definitionsOf(ctx: Ctx): Promise<ServiceDefinition[]> {
  const found = await Promise.all(Object.keys(STORIES).map((slug) => published(ctx, slug)))
  return found.flatMap((service) => (service ? [service.definition] : []))
}

/** Who applies: mostly people without an account, and the citizens of the demo city who have one. */
function* applicants(ctx: Ctx, dice: Random): Generator<Applicant> {
  // Of age when the oldest of the cases was opened.
  const youngest = today(ctx.clock).subtract({ years: 19 }).toString()
  const city = musterstadt()
  // Anna Becker, the first, has cases of her own (below) and is about to apply for a permit.
  const withAccount = city.citizens.slice(1, 181).filter(({ birthDate }) => birthDate <= youngest)
  let index = 0
  for (const resident of city.residents()) {
    index += 1
    if (index % 31 !== 1 || resident.birthDate > youngest) continue
    if (dice.chance(0.2)) {
      const citizen = withAccount[index % withAccount.length]!
      yield { ...citizen, accountId: citizen.id, plate: citizen.vehicles[0]?.plate ?? null }
    } else
      yield {
        ...resident,
        email: `${ascii(resident.givenName)}.${ascii(resident.familyName)}${dice.int(1, 99)}@post.example`,
        telephone: dice.chance(0.4) ? `+497199${dice.int(100_000, 999_999)}` : null,
        plate: plateOf(dice),
        zone: dice.pick(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']),
        accountId: null,
        locale: dice.chance(0.07) ? 'en' : 'de',
      }
  }
}

const ascii = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[^a-z]/g, '')

function draftCases(ctx: Ctx, dice: Random, definitions: readonly ServiceDefinition[]): Draft[] {
  const now = ctx.clock.now()
  const clerks = new Map(
    definitions.map(({ slug, unit }) => [
      slug,
      musterstadt().staff.filter((one) => one.unit === unit && one.role === 'clerk'),
    ]),
  )
  const draft = (definition: ServiceDefinition, story: Story, applicant: Applicant): Draft => {
    const clerk = dice.pick(clerks.get(definition.slug) ?? [])?.id ?? dice.uuid()
    return { id: dice.uuid(), definition, story, life: play(dice, definition, story, now, clerk), applicant, clerk }
  }
  const drafts: Draft[] = []
  const parking = definitions.find(({ slug }) => slug === 'resident-parking')
  const dogs = definitions.find(({ slug }) => slug === 'dog-registration')
  if (dogs) drafts.push(...annasCases(dogs, parking, draft))
  for (const applicant of applicants(ctx, dice)) {
    if (drafts.length >= CASES) break
    const definition = (dice.int(1, 100) <= PARKING_OF_100 ? parking : dogs) ?? definitions[0]!
    drafts.push(draft(definition, pickStory(dice, STORIES[definition.slug]!), applicant))
  }
  return drafts.toSorted((a, b) => Temporal.Instant.compare(a.life.openedAt, b.life.openedAt))
}

/** Anna's own dogs: one granted, one that waits for a document of hers, one under review; and a permit of last year. */
function annasCases(
  dogs: ServiceDefinition,
  parking: ServiceDefinition | undefined,
  draft: (d: ServiceDefinition, s: Story, a: Applicant) => Draft,
): Draft[] {
  const [anna] = musterstadt().citizens
  if (!anna) return []
  const applicant: Applicant = { ...anna, accountId: anna.id, plate: null }
  const endsWith = ({ slug }: ServiceDefinition, transition: string, open: boolean) =>
    STORIES[slug]!.find((story) => story.open === open && story.chapters.at(-1)?.transition === transition)!
  const own = [
    draft(dogs, endsWith(dogs, 'register', false), applicant),
    draft(dogs, endsWith(dogs, 'ask-for-documents', true), applicant),
    draft(dogs, endsWith(dogs, 'to-review', true), applicant),
  ]
  const plate = anna.vehicles[0]?.plate ?? null
  return parking ? [...own, draft(parking, endsWith(parking, 'paid', false), { ...applicant, plate })] : own
}

/** Serial numbers in the order of opening, per prefix and year. */
function numberCases(drafts: readonly Draft[]): Map<string, string> {
  const serials = new Map<string, number>()
  return new Map(
    drafts.map(({ id, definition: { prefix }, life }) => {
      const { year } = cityDate(life.openedAt)
      const serial = (serials.get(`${prefix}-${year}`) ?? 0) + 1
      serials.set(`${prefix}-${year}`, serial)
      return [id, formatCaseNumber({ prefix, year, serial })]
    }),
  )
}

function collect(ctx: Ctx, dice: Random, drafts: readonly Draft[], numbers: ReadonlyMap<string, string>) {
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

const QUESTIONS = [
  'Guten Tag, wann kann ich mit einer Antwort rechnen?',
  'Ich habe mich bei der Hausnummer vertippt. Können Sie das bitte ändern?',
  'Reicht Ihnen ein Foto des Nachweises, oder brauchen Sie das Original?',
]
const REPLIES = [
  'Vielen Dank für Ihre Nachricht. Wir melden uns in den nächsten Tagen.',
  'Wir haben das geändert. Sie müssen nichts weiter tun.',
  'Ein gut lesbares Foto genügt uns.',
]
const NOTES = [
  'Rückruf vereinbart.',
  'Mit dem Melderegister geklärt.',
  'Nachweis sieht gut aus, Original war hier.',
  'Wartet auf Antwort aus dem Bauamt.',
]

/** What was written about some of the cases. */
function talk(
  dice: Random,
  draft: Draft,
  kase: store.PastCase,
  chain: Chain,
  rows: { messages: store.PastMessage[]; notes: store.PastNote[]; cases: store.PastCase[] },
): void {
  const { id, life, clerk, applicant } = draft
  const later = life.enteredAt.add({ minutes: dice.int(20, 50) })
  if (kase.assignee && dice.chance(0.3)) {
    rows.notes.push({
      id: dice.uuid(),
      case_id: id,
      author: clerk,
      body: dice.pick(NOTES),
      created_at: later.toString(),
    })
    chain.add(later, clerk, 'cases.noted')
  }
  const annaWaits = applicant.email.startsWith('anna.becker') && life.state.name === 'review'
  if (!annaWaits && !dice.chance(0.12)) return
  const index = dice.int(0, QUESTIONS.length - 1)
  const asked = later.add({ minutes: 5 })
  const isAnswered = annaWaits || life.state.kind === 'final' || dice.chance(0.5)
  const message = (
    direction: 'in' | 'out',
    body: string,
    at: Temporal.Instant,
    isRead: boolean,
  ): store.PastMessage => ({
    id: dice.uuid(),
    case_id: id,
    direction,
    author: direction === 'out' ? clerk : applicant.accountId,
    body,
    created_at: at.toString(),
    read_at: isRead ? at.add({ minutes: 40 }).toString() : null,
  })
  rows.messages.push(message('in', QUESTIONS[index]!, asked, isAnswered))
  chain.add(asked, applicant.accountId ?? 'applicant', 'cases.message-received', {})
  if (isAnswered) {
    const replied = asked.add({ minutes: 90 })
    rows.messages.push(message('out', REPLIES[index]!, replied, !annaWaits))
    chain.add(replied, clerk, 'cases.message-sent', {})
  } else rows.cases[rows.cases.length - 1] = { ...kase, news_at: asked.toString(), changed_at: asked.toString() }
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
    returnPath: applicant.accountId ? `/meine-antraege/${number}` : `/stand?nummer=${number}`,
    at: asked.at,
    paidAt: paid?.at ?? null,
    method: kase.channel === 'api' ? 'transfer' : 'online',
    cancelledAt: !paid && life.state.kind === 'final' ? ended.at : null,
  }
}
