import type { Ctx } from '#platform/context.ts'
import { roughly } from '../domain/estimate.ts'
import { callsIn, counterOf, minutesForNew, waitingIn } from '../domain/room.ts'
import { sentOnShown, type SentOn } from '../domain/sent-on.ts'
import { houseOf } from './offices.ts'
import { readRoom } from './room.ts'

/** How it is in an office now, for everybody to know. */
export interface Waiting {
  readonly office: string
  /** Tickets that wait to be called. */
  readonly people: number
  readonly openCounters: number
  /** Whoever comes without an appointment gets no number today. */
  readonly isFull: boolean
  /** Rounded as people are told; null where nobody calls. */
  readonly services: readonly { readonly service: string; readonly minutes: number | null }[]
  /** The last one first. */
  readonly calls: readonly { readonly ticket: string; readonly counter: string; readonly at: Temporal.Instant }[]
  /** As the screen in the hall says it, the last one first. */
  readonly sentOn: readonly {
    readonly way: SentOn['way']
    readonly ticket: string
    /** null: the same. */
    readonly newTicket: string | null
    /** The other office, or the counter that is to call them; null: whichever is free. */
    readonly place: string | null
    readonly at: Temporal.Instant
  }[]
}

/** null where there is no such office, or it sees nobody. */
export async function waitingAt(ctx: Ctx, office: string): Promise<Waiting | null> {
  const house = await houseOf(ctx, office)
  if (!house) return null
  const room = await readRoom(ctx, office)
  const now = ctx.clock.now()
  const ofTeam = new Map(house.teams.map(({ id }) => [id, minutesForNew(room, id, now)]))
  return {
    office,
    people: waitingIn(room, now).length,
    isFull: room.isFull,
    openCounters: room.counters.filter(({ isOpen }) => isOpen).length,
    services: house.teams.flatMap(({ id, services }) =>
      services.map((service) => {
        const minutes = ofTeam.get(id) ?? null
        return { service, minutes: minutes === null ? null : roughly(minutes) }
      }),
    ),
    calls: callsIn(room).map(({ ticket, counter, announcedAt }) => ({
      ticket,
      counter: counterOf(room, counter)?.name[ctx.locale] ?? '',
      at: announcedAt!,
    })),
    sentOn: sentOnShown(room.sentOn, now).map((one) => ({
      way: one.way,
      ticket: one.ticket,
      newTicket: one.way === 'within' ? null : one.next,
      place: one.way === 'within' ? (counterOf(room, one.counter)?.name[ctx.locale] ?? null) : one.office[ctx.locale],
      at: one.at,
    })),
  }
}
