import type { Ctx } from '#platform/context.ts'
import { linkCode } from '#platform/http/link-code.ts'
import { redirect, type Cookie, type Reply } from '#platform/http/reply.ts'
import type { Req } from '#platform/http/route.ts'
import { addressOf, askedInText, fieldsOf, inOffices, officesOf, sameWork, type Asked } from '../asked.ts'
import type { Booking } from '../domain/booking.ts'
import { offerOf } from '../offer.ts'
import { officesNear } from '../use-cases/near.ts'
import type { TimesNote } from '../views/search.ts'

/** By which search a time was found, as long as this device knows the code of it: the city itself keeps no address (`searchToKeep`). */
const searches = linkCode('rathaus_suche')
/** A cookie has 4 kB. */
const LONGEST = 1_000
const GIVEN_BACK = 'zurueck'
const MOVED = 'verschoben'

type Remembering = Pick<Req, 'query' | 'cookies'>

export const rememberSearch = (id: string, asked: Asked, more: [string, string][] = []): Cookie =>
  searches.remember(id, new URLSearchParams([...more, ...fieldsOf(asked)]).toString().slice(0, LONGEST))

/** That somebody wanted another time than this. */
export const rememberGivenBack = (id: string, asked: Asked): Cookie => rememberSearch(id, asked, [[GIVEN_BACK, '1']])

/** That a booking was moved to this time, whose hold is gone with that. */
export const rememberMoved = (hold: string, booking: string, asked: Asked): Cookie =>
  rememberSearch(hold, asked, [[MOVED, booking]])

/** To the booking that was moved to the time of this hold; null where none was, as far as this device knows. */
export function movedBooking(req: Remembering, hold: string): Reply | null {
  const booking = new URLSearchParams(searches.remembered(req, hold)).get(MOVED)
  return booking === null ? null : redirect(`/termine/${encodeURIComponent(booking)}?hinweis=verschoben`)
}

/** The search that led to a booking: as this device knows it, otherwise as the city has kept it, or one for the same. */
export const searchFor = (req: Remembering, booking: Booking): Asked =>
  sameWork(booking, askedInText(searches.remembered(req, booking.id) || (booking.search ?? '')))

/** What the city keeps of a search, for other devices: of an address the offices around it. */
export async function searchToKeep(ctx: Ctx, asked: Asked): Promise<string> {
  const near = asked.near === '' ? null : await officesNear(ctx, (await offerOf(ctx)).offices, asked)
  const offices = officesOf(asked, near?.ok ? near.value : null)
  return new URLSearchParams(fieldsOf({ ...asked, ...inOffices(offices), after: null })).toString()
}

/** Of a time that this device held and that is nobody's any more: back to the times, and why. Null: it held none. */
export function endedHold(req: Remembering, id: string): Reply | null {
  const text = searches.remembered(req, id)
  if (text === '') return null
  const moved = movedBooking(req, id)
  if (moved) return moved
  return backToTimes(askedInText(text), new URLSearchParams(text).has(GIVEN_BACK) ? 'zurueckgegeben' : 'abgelaufen')
}

export const backToTimes = (asked: Asked, note: TimesNote): Reply =>
  redirect(addressOf('/termine', asked, {}, [['hinweis', note]]))
