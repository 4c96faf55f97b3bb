import type { Ctx } from '#platform/context.ts'
import { dayError } from '#platform/html/components/index.ts'
import type { FormFields } from '#platform/http/route.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { dayText, readDay } from '#platform/time/day.ts'
import type { OpeningRule, Span } from './domain/rule.ts'
import type { RuleProblem } from './domain/rule-problems.ts'
import { texts } from './texts/index.ts'
import { hoursWords } from './views/plan/words.ts'

/** A rule as it stands in a form: what was typed, whatever it is. */
export interface TypedRule {
  readonly kind: 'weekly' | 'monthly'
  readonly weekdays: readonly string[]
  readonly everyWeeks: string
  readonly nth: string
  readonly weekday: string
  readonly firstDay: string
  readonly lastDay: string
  readonly hours: string
  readonly breaks: string
  readonly overMidnight: boolean
  readonly onHolidays: boolean
  readonly public: string
  readonly centre: string
  readonly 'walk-in': string
  readonly step: string
  readonly weeksAhead: string
  readonly at: string
  /** From which day on the change applies, of a rule that has begun. */
  readonly from: string
  /** Whether changes that are planned for later stay. */
  readonly keepsLater: boolean
}

export type RuleErrors = Readonly<Record<string, string>>

const NTHS = ['1', '2', '3', '4', '5', '-1']
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7']

/** What a new rule begins with. */
export const emptyRule = (firstDay: string): TypedRule => ({
  kind: 'weekly',
  weekdays: [],
  everyWeeks: '1',
  nth: '1',
  weekday: '1',
  firstDay,
  lastDay: '',
  hours: '',
  breaks: '',
  overMidnight: false,
  onHolidays: false,
  public: '1',
  centre: '0',
  'walk-in': '0',
  step: '10',
  weeksAhead: '12',
  at: '7:00',
  from: '',
  keepsLater: false,
})

export function typedInForm(form: FormFields): TypedRule {
  const one = (name: string, most = 200) => form.get(name).trim().slice(0, most)
  const choice = (name: string, options: readonly string[]) => options.find((option) => option === one(name)) ?? '1'
  return {
    kind: one('kind') === 'monthly' ? 'monthly' : 'weekly',
    weekdays: WEEKDAYS.filter((day) => form.all('weekdays').includes(day)),
    everyWeeks: one('everyWeeks', 5),
    nth: choice('nth', NTHS),
    weekday: choice('weekday', WEEKDAYS),
    firstDay: one('firstDay', 20),
    lastDay: one('lastDay', 20),
    hours: one('hours'),
    breaks: one('breaks'),
    overMidnight: form.get('overMidnight') === 'yes',
    onHolidays: form.get('onHolidays') === 'yes',
    public: one('public', 5),
    centre: one('centre', 5),
    'walk-in': one('walk-in', 5),
    step: one('step', 5),
    weeksAhead: one('weeksAhead', 5),
    at: one('at', 20),
    from: one('from', 20),
    keepsLater: form.get('keepsLater') === 'yes',
  }
}

/** Names and values of the same form, for hidden fields. */
export function fieldsOfRule(typed: TypedRule): [name: string, value: string][] {
  const { weekdays, overMidnight, onHolidays, keepsLater, ...words } = typed
  const ticked = Object.entries({ overMidnight, onHolidays, keepsLater }).filter(([, isTicked]) => isTicked)
  return [
    ...Object.entries(words).map(([name, value]): [string, string] => [name, value]),
    ...weekdays.map((day): [string, string] => ['weekdays', day]),
    ...ticked.map(([name]): [string, string] => [name, 'yes']),
  ]
}

export function typedOf(rule: OpeningRule): TypedRule {
  const { days, firstDay, lastDay, seats, release } = rule
  const empty = emptyRule(dayText(firstDay))
  const kinds =
    days.kind === 'weekly'
      ? { kind: 'weekly' as const, weekdays: days.weekdays.map(String), everyWeeks: String(days.everyWeeks) }
      : { kind: 'monthly' as const, nth: String(days.nth), weekday: String(days.weekday) }
  return {
    ...empty,
    ...kinds,
    lastDay: lastDay === null ? '' : dayText(lastDay),
    hours: spansText(rule.hours),
    breaks: spansText(rule.breaks),
    overMidnight: [...rule.hours, ...rule.breaks].some(isOvernight),
    onHolidays: rule.onHolidays,
    public: String(seats.public),
    centre: String(seats.centre),
    'walk-in': String(seats['walk-in']),
    step: String(rule.stepMinutes),
    weeksAhead: String(release.weeksAhead),
    at: timeText(release.at),
  }
}

const timeText = ({ hour, minute }: Temporal.PlainTime) => `${hour}:${String(minute).padStart(2, '0')}`
const spansText = (spans: readonly Span[]) =>
  spans.map(({ from, to }) => `${timeText(from)}-${timeText(to)}`).join(', ')
const isOvernight = ({ from, to }: Span) => Temporal.PlainTime.compare(to, from) < 0 && (to.hour > 0 || to.minute > 0)

export interface ReadRule {
  readonly rule: OpeningRule
  readonly from: Temporal.PlainDate | null
}

/** What was typed as a rule, and what of it nobody can read: there something stands in its place. */
export function readRule(
  ctx: Ctx,
  typed: TypedRule,
  { id, team }: Pick<OpeningRule, 'id' | 'team'>,
  { hasBegun }: { readonly hasBegun: boolean },
): ReadRule & { readonly errors: RuleErrors } {
  const t = texts(ctx).plan.problems
  const errors: Record<string, string> = {}
  const number = (name: 'everyWeeks' | 'public' | 'centre' | 'walk-in' | 'step' | 'weeksAhead') => {
    if (/^\d{1,4}$/.test(typed[name])) return Number(typed[name])
    errors[name] = t.notANumber
    return 0
  }
  const spans = (name: 'hours' | 'breaks') => {
    const read = readSpans(typed[name])
    if ('wrong' in read) errors[name] = t.notATime(read.wrong)
    return 'wrong' in read ? [] : read.spans
  }
  const now = today(ctx.clock)
  const day = (name: 'firstDay' | 'lastDay' | 'from', from = now) => {
    const read = readDay(typed[name], { today: from, lean: 'coming' })
    const words = dayError(ctx, read)
    if (words) errors[name] = words
    return read.date
  }
  const firstDay = day('firstDay')
  if (!firstDay) errors['firstDay'] ??= t.firstDayMissing
  const from = hasBegun ? day('from') : null
  if (hasBegun && !from) errors['from'] ??= t.fromMissing
  const at = readTime(typed.at)
  if (!at) errors['at'] = t.notOneTime
  const rule: OpeningRule = {
    id,
    team,
    firstDay: firstDay ?? Temporal.PlainDate.from('2000-01-01'),
    lastDay: day('lastDay', firstDay && Temporal.PlainDate.compare(firstDay, now) > 0 ? firstDay : now),
    days:
      typed.kind === 'weekly'
        ? { kind: 'weekly', weekdays: typed.weekdays.map(Number), everyWeeks: number('everyWeeks') }
        : { kind: 'monthly', weekday: Number(typed.weekday), nth: Number(typed.nth) },
    hours: spans('hours'),
    breaks: spans('breaks'),
    seats: { public: number('public'), centre: number('centre'), 'walk-in': number('walk-in') },
    stepMinutes: number('step'),
    onHolidays: typed.onHolidays,
    release: { weeksAhead: number('weeksAhead'), at: at ?? Temporal.PlainTime.from('00:00') },
  }
  return { rule, from: from && laterOf(from, rule.firstDay), errors }
}

/** Who puts off the first day of a rule that has begun means the change: until then it goes on as it was. */
const laterOf = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a)

const TIME = /^(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?$/i

/** "8", "8:30", "8.30 Uhr"; 24 is the end of the day. */
export function readTime(text: string): Temporal.PlainTime | null {
  const [, hour, minute = '0'] = TIME.exec(text.trim()) ?? []
  if (hour === undefined || Number(minute) > 59) return null
  if (Number(hour) === 24 && Number(minute) === 0) return new Temporal.PlainTime(0, 0)
  return Number(hour) > 23 ? null : new Temporal.PlainTime(Number(hour), Number(minute))
}

/** "8-12, 13:30-18": spans in the order in which they were typed. */
function readSpans(text: string): { readonly spans: Span[] } | { readonly wrong: string } {
  const spans: Span[] = []
  for (const part of text.split(/[,;]|\bund\b|\band\b/)) {
    if (part.trim() === '') continue
    const [from, to, ...more] = part.split(/[-–—]|\bbis\b|\bto\b/).map(readTime)
    if (!from || !to || more.length > 0) return { wrong: part.trim().slice(0, 40) }
    spans.push({ from, to })
  }
  return { spans }
}

const SEATS = ['public', 'centre', 'walk-in']

/** Of what contradicts itself what can be said although some fields cannot be read: not what rests on those. */
export function problemsBeside(problems: readonly RuleProblem[], unread: RuleErrors): RuleProblem[] {
  const isUnread = (field: string) => Object.hasOwn(unread, field)
  return problems.filter(
    ({ field, problem }) =>
      !isUnread(field) &&
      problem !== 'same-seats' &&
      !(field === 'public' && SEATS.some(isUnread)) &&
      !(problem === 'last-before-first' && isUnread('firstDay')) &&
      !(field === 'breaks' && isUnread('hours')),
  )
}

/** What contradicts itself, in words, at its field. */
export function wordsOfProblems(ctx: Ctx, problems: readonly RuleProblem[]): RuleErrors {
  const t = texts(ctx).plan.problems
  return Object.fromEntries(
    problems.map((one) => [
      one.field,
      one.problem === 'same-seats'
        ? t.sameSeats(formatDate(ctx, one.day), hoursWords(ctx, one.other.hours))
        : t[one.problem],
    ]),
  )
}
