import type { Ctx } from '#platform/context.ts'
import { linkCode } from '#platform/http/link-code.ts'
import type { Cookie } from '#platform/http/reply.ts'
import type { Req } from '#platform/http/route.ts'
import { HOLD_MINUTES, type Booking } from '../domain/booking.ts'
import { hasLapsed } from '../use-cases/standing.ts'
import { bookingCode, openedBy, type Opened } from './opened.ts'

const kept = linkCode('rathaus_gehalten')
/** For whom: oneself, or who calls. */
const NEWEST = { own: 'zuletzt', caller: 'anruf' } as const
type For = keyof typeof NEWEST

/** That this device keeps a time: the newest one, and none to which a booking is moved. */
export const rememberKept = (id: string, whose: For = 'own'): Cookie =>
  kept.remember(NEWEST[whose], id, HOLD_MINUTES * 60)

/** The time that this device keeps for the same and that has no name yet; null: none. */
export async function keptHere(
  ctx: Ctx,
  req: Pick<Req, 'query' | 'cookies'>,
  { services, people, variant }: Pick<Booking, 'services' | 'people' | 'variant'>,
  whose: For = 'own',
): Promise<Pick<Opened, 'booking' | 'key'> | null> {
  const id = kept.remembered(req, NEWEST[whose])
  const opened = id === '' ? null : await openedBy(ctx, id, bookingCode.remembered(req, id))
  if (opened?.booking.state !== 'held' || hasLapsed(ctx, opened.booking)) return null
  const { booking } = opened
  const isSame = booking.services.join() === services.join() && booking.people === people && booking.variant === variant
  return isSame ? opened : null
}
