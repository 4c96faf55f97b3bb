import type { Ctx } from '#platform/context.ts'
import type { TimelineEntry } from '#platform/html/components/index.ts'
import { formatDateTime, formatMoney, formatDate } from '#platform/i18n/format.ts'
import { caseAction } from '../extension.ts'
import type { Waiting } from '../domain/waiting.ts'
import type { FieldValues } from '../domain/workflow.ts'
import type { TimelineRow } from '../store/timeline.ts'
import { texts } from '../texts/index.ts'
import type { ServiceWords } from './words.ts'

type Data = Readonly<Record<string, unknown>>

export interface TimelineWords {
  readonly words: ServiceWords
  readonly nameOf: (accountId: string) => string | null
  readonly unitName: (id: string) => string
  /** What was filled in for a step, as people read it. */
  readonly filledIn: (transition: string, input: FieldValues) => readonly string[]
}

/** Actors that have no account. */
const NOBODY_IN_PARTICULAR = new Set(['system', 'applicant', 'partner'])

/** An audit entry as people read it. */
export function timelineEntry(ctx: Ctx, row: TimelineRow, with_: TimelineWords): TimelineEntry {
  const t = texts(ctx).timeline
  const who = NOBODY_IN_PARTICULAR.has(row.actor) ? t[row.actor as 'system'] : (with_.nameOf(row.actor) ?? t.unknown)
  const data = (typeof row.data === 'object' && row.data !== null ? row.data : {}) as Data
  return {
    title: titleOf(ctx, row.action, data, with_),
    body: bodyOf(ctx, row.action, data, with_),
    when: formatDateTime(ctx, row.at),
    datetime: row.at.toString(),
    who,
  }
}

function titleOf(ctx: Ctx, action: string, data: Data, with_: TimelineWords): string {
  const t = texts(ctx).timeline
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const cents = typeof data['cents'] === 'number' ? formatMoney(ctx, data['cents']) : ''
  const day = (name: string) =>
    /^\d{4}-\d{2}-\d{2}$/.test(text(name)) ? formatDate(ctx, Temporal.PlainDate.from(text(name))) : ''
  const whatWaited = () => {
    const kind = waitedIn(data)?.kind ?? 'decision'
    return kind === 'decision' ? with_.words.label(text('transition')) : t.waiting[kind]
  }
  switch (action) {
    case 'cases.opened':
      return t.opened
    case 'cases.moved':
      return with_.words.says(text('transition'))
    case 'cases.checked':
      return t.checked
    case 'cases.taken':
      return t.taken
    case 'cases.handed-over':
      if (text('unit')) return t.handedToUnit(with_.unitName(text('unit')))
      return text('to') ? t.handedOver(with_.nameOf(text('to')) ?? t.unknown) : t.handedBack
    case 'cases.follow-up':
      return text('on') ? t.followUp(day('on')) : t.noFollowUp
    case 'cases.noted':
      return t.noted
    case 'cases.message-sent':
      return t.messageSent
    case 'cases.message-received':
      return t.messageReceived
    case 'cases.documents-received':
      return t.documentsReceived(Number(data['count'] ?? 1))
    case 'cases.letter-sent':
      return t.letterSent
    case 'cases.letter-made':
      return t.letterMade(text('title'))
    case 'cases.payment-requested':
      return t.paymentRequested(cents, day('dueOn'))
    case 'cases.paid':
      return t.paid(cents)
    case 'cases.taken-back':
      return t.takenBack(whatWaited())
    case 'cases.refused':
      return t.refused(whatWaited(), inWords(ctx, data['says']))
    case 'cases.void':
      return t.void(whatWaited())
    case 'cases.acted':
      return ctx.app.extensions(caseAction).get(text('action'))?.says?.[ctx.locale] ?? t.acted(text('action'))
    case 'cases.code-renewed':
      return t.codeRenewed
    case 'cases.statement-asked':
      return t.statementAsked(text('organisation'))
    case 'cases.statement-received':
      return t.statementReceived(text('organisation'))
    case 'cases.erased':
      return t.erased
    default:
      return t.other(action)
  }
}

const inWords = (ctx: Ctx, says: unknown): string => {
  const words = typeof says === 'object' && says !== null ? (says as Record<string, unknown>)[ctx.locale] : ''
  return typeof words === 'string' ? words : ''
}

/** What was found or filled in, in a line each. */
function bodyOf(ctx: Ctx, action: string, data: Data, with_: TimelineWords): string | undefined {
  if (action === 'cases.checked')
    return Object.values(data)
      .map((finding) => (finding as { message?: Record<string, string> }).message?.[ctx.locale])
      .filter(Boolean)
      .join(' · ')
  if (action === 'cases.moved') {
    const filled = with_.filledIn(String(data['transition']), (data['input'] ?? {}) as FieldValues)
    return filled.length > 0 ? filled.join(' · ') : undefined
  }
  const waited = waitedIn(data)
  return waited && writtenIn(waited)
}

/** What waited and did not go out. */
const waitedIn = (data: Data): Waiting | undefined => data['what'] as Waiting | undefined

function writtenIn(what: Waiting): string | undefined {
  switch (what.kind) {
    case 'decision':
      return undefined
    case 'message':
      return what.body
    case 'letter':
      return `${what.subject}: ${what.text}`
    case 'statement':
      return `${what.organisation}: ${what.question}`
  }
}

/** Entries that say something to the applicant; who works on it when is the city's own business. */
const FOR_APPLICANTS = new Set([
  'cases.opened',
  'cases.moved',
  'cases.message-sent',
  'cases.message-received',
  'cases.documents-received',
  'cases.letter-made',
  'cases.payment-requested',
  'cases.paid',
])

export const isForApplicants = (row: TimelineRow): boolean => FOR_APPLICANTS.has(row.action)
