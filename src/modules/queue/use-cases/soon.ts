import { unitOfTeam } from '#modules/appointments/public.ts'
import { officeBySlug } from '#modules/catalogue/public.ts'
import { notify, type Notice } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import { isSoon, type Handling } from '../domain/estimate.ts'
import { placeOf } from '../domain/room.ts'
import { topicOf, type Visit } from '../domain/visit.ts'
import { contactsToTell, type Contact } from '../store/visits.ts'
import { markTold } from '../store/calls.ts'
import { texts } from '../texts/index.ts'
import { readRoom } from './room.ts'

/** Later they have been called. */
const USEFUL_MINUTES = 15

/** Tells those who wanted to know, once, that it is soon their turn. */
export async function tellSoon(ctx: Ctx, office: string, handling: Handling): Promise<void> {
  const contacts = await contactsToTell(ctx, office, today(ctx.clock))
  if (contacts.length === 0) return
  const room = await readRoom(ctx, office, handling)
  const house = await officeBySlug(ctx, office)
  for (const { id, email, telephone, push } of contacts) {
    const visit = room.visits.find((one) => one.id === id)!
    const place = placeOf(room, id, ctx.clock.now())
    if (!place || !isSoon(place)) continue
    if (!(await markTold(ctx, id, ctx.clock.now()))) continue
    const t = texts(visit).soon
    const where = house?.name[visit.locale] ?? office
    await notify(ctx, {
      // Sent on to another counter, they are told once more.
      key: `queue:${id}:soon:${ctx.clock.now().epochMilliseconds}`,
      ...(await unitFor(ctx, visit)),
      ...reaching({ id, email, telephone, push }),
      locale: visit.locale,
      subject: t.subject(visit.ticket),
      paragraphs: [telephone ? t.sms(where) : t.body(visit.ticket, where)],
      usefulMinutes: USEFUL_MINUTES,
    })
  }
}

/** Whose staff read what a visitor is told. */
export async function unitFor(ctx: Ctx, { team }: Pick<Visit, 'team'>): Promise<{ unit?: string }> {
  const unit = await unitOfTeam(ctx, team)
  return unit === undefined ? {} : { unit }
}

/** By all ways that they gave. Anybody can type anybody's address. */
export const reaching = ({ id, email, telephone, push }: Contact): Pick<Notice, 'to' | 'channels' | 'unconfirmed'> => ({
  to: { email, telephone, topic: push ? topicOf({ id }) : null },
  channels: [...(telephone ? (['sms'] as const) : []), ...(email ? (['mail'] as const) : [])],
  unconfirmed: true,
})
