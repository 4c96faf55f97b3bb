import type { Ctx } from '#platform/context.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { Type } from '#platform/schema.ts'
import type { Result } from '#platform/problem.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import type { Able } from '../../domain/abilities.ts'
import type { Booking } from '../../domain/booking.ts'
import { CHOICES, type Choice } from '../../store/plan-changes.ts'
import { previewHits, type Change, type Choices, type Made } from '../../use-cases/plan/make-change.ts'

export const planTags = ['appointments']
export const Day = Type.String({ format: 'date' })
const Clock = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:00)?$',
  description: 'Of the city',
  examples: ['08:30'],
})
const Spans = Type.Array(Type.Object({ from: Clock, to: Clock }), {
  maxItems: 20,
  description: 'Until 00:00 is until midnight',
})
const count = (description: string) => Type.Integer({ minimum: 0, maximum: 9999, description })

export const versionHeaders = {
  headers: Type.Object({
    'If-Match': Type.String({ description: 'The version that you saw', examples: ['"2"'] }),
  }),
}

/** What a rule says. */
export const RuleFields = {
  firstDay: { ...Day, description: 'Of the rule; every n weeks are counted from its week' },
  lastDay: Type.Union([Day, Type.Null()], { description: 'null: until further notice' }),
  days: Type.Union([
    Type.Object({
      kind: Type.Literal('weekly'),
      weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, description: '1 is Monday' }),
      everyWeeks: count('1: every week'),
    }),
    Type.Object({
      kind: Type.Literal('monthly'),
      weekday: Type.Integer({ minimum: 1, maximum: 7 }),
      nth: Type.Union([Type.Literal(-1), Type.Integer({ minimum: 1, maximum: 5 })], {
        description: '-1: the last of a month',
      }),
    }),
  ]),
  hours: Spans,
  breaks: Spans,
  seats: Type.Object({
    public: count('For who books'),
    centre: count('For the service centre'),
    'walk-in': count('For who just comes'),
  }),
  stepMinutes: count('Appointments begin every so many minutes'),
  onHolidays: Type.Boolean(),
  release: Type.Object({ weeksAhead: count('A day can be booked so many weeks before'), at: Clock }),
}

/** The same, where what is not said stays as it is. */
export const SomeRuleFields = {
  firstDay: Type.Optional(RuleFields.firstDay),
  lastDay: Type.Optional(RuleFields.lastDay),
  days: Type.Optional(RuleFields.days),
  hours: Type.Optional(RuleFields.hours),
  breaks: Type.Optional(RuleFields.breaks),
  seats: Type.Optional(RuleFields.seats),
  stepMinutes: Type.Optional(RuleFields.stepMinutes),
  onHolidays: Type.Optional(RuleFields.onHolidays),
  release: Type.Optional(RuleFields.release),
}

const decidingFields = (otherwise: Choice) => ({
  hits: Type.Optional(
    Type.Union(
      CHOICES.map((choice) => Type.Literal(choice)),
      {
        description: `reseat or move: at another counter at the same time where one is free, without a message, and otherwise at the nearest free time; write so that people choose; or leave; ${otherwise} if not said`,
      },
    ),
  ),
  preview: Type.Optional(Type.Boolean({ description: 'Only says whom it would hit; nothing changes' })),
})

/** What somebody can do: the two are told apart by a word, so that an empty list never reads as "all". */
export const AbleFields = {
  can: Type.Union([Type.Literal('all'), Type.Literal('only')], {
    description:
      'all: all that their team does, also what is added to it later; only: `services`, and where that is empty their counter gives no appointments while they are on duty',
  }),
  services: Type.Array(Type.String({ maxLength: 120 }), { maxItems: 1_000, description: 'What they can do' }),
}

export const toldAble = (can: Able, offered: readonly string[]) => ({
  can: can === null ? 'all' : 'only',
  // What somebody can do of what is not given here any more is no answer to the question.
  services: can === null ? offered : offered.filter((service) => can.includes(service)),
})

/** What becomes of those whom a change hits, and whether it is made at all. */
export const DecidingFields = decidingFields('write')
/** Where other counters stay open at the same time. */
export const ReseatingFields = decidingFields('reseat')

export interface Deciding {
  readonly hits?: string
  readonly preview?: boolean
}

/** Of more a program reads nothing one by one; each of them is dealt with, and stands on the page of the change. */
export const MOST_HITS = 500

export const Changed = Type.Object({
  change: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], { description: 'null: nothing was changed' }),
  hits: Type.Array(
    Type.Object({
      booking: Type.String({ format: 'uuid' }),
      start: Type.String({ format: 'date-time' }),
      end: Type.String({ format: 'date-time' }),
      team: Type.String(),
      services: Type.Array(Type.String()),
    }),
    {
      maxItems: MOST_HITS,
      description: `Booked appointments at whose time nobody works any more who can do what they are for, the next one first; at most ${MOST_HITS} are listed`,
    },
  ),
  total: Type.Integer({ description: 'How many it hits, those that are not listed included' }),
})

interface ChangedMore<M extends Made> {
  readonly status?: number
  /** For those whom nothing was said about. */
  readonly otherwise?: Choice
  /** Which one stands afterwards, for the next If-Match. */
  readonly version?: (made: M) => number
}

/** Says whom a change hits, and makes it unless that is all that was asked. */
export async function changed<M extends Made>(
  ctx: Ctx,
  change: Change,
  asked: Deciding,
  make: (choices: Choices) => Promise<Result<M>>,
  { status = 200, otherwise = 'write', version }: ChangedMore<M> = {},
): Promise<Reply> {
  const all = await previewHits(ctx, change)
  const told = { hits: all.slice(0, MOST_HITS).map(toldHit), total: all.length }
  if (asked.preview) return jsonReply({ change: null, ...told })
  const choice: Choice = CHOICES.find((one) => one === asked.hits) ?? otherwise
  const made = await make({ all: choice, one: new Map() })
  if (!made.ok) return problem(made)
  const headers: Record<string, string> = version ? { etag: `"${version(made.value)}"` } : {}
  // Who booked meanwhile is counted, too.
  return jsonReply({ ...told, change: made.value.id, total: made.value.hits }, status, headers)
}

const toldHit = ({ id, startsAt, endsAt, team, services }: Booking) => ({
  booking: id,
  start: isoSeconds(startsAt),
  end: isoSeconds(endsAt),
  team,
  services,
})
