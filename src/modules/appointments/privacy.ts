import { newId } from '#platform/db/id.ts'
import type { Privacy } from '#platform/module.ts'
import type { Booking } from './domain/booking.ts'
import { bookingsOfAccount } from './store/bookings.ts'
import { endFeed } from './store/feeds.ts'
import { deleteWaitingOfAccount, waitingOfAccount } from './store/waiting.ts'
import { tellChange } from './store/changes.ts'
import { abilitiesOf } from './store/abilities.ts'
import { dutiesOf, forgetStaff } from './store/duties.ts'
import { unlinkBookings } from './store/forget.ts'

/** What a person is told of a booking: all of it but the keys by which the city finds it. */
const TOLD = [
  'office',
  'startsAt',
  'endsAt',
  'services',
  'people',
  'variant',
  'state',
  'name',
  'email',
  'telephone',
  'reminder',
  'search',
] as const satisfies readonly (keyof Booking)[]

/** A booked appointment stays when an account goes: somebody is expected, and its mail opens it. */
export const privacy: Privacy = {
  export: async (ctx, accountId) => ({
    appointments: (await bookingsOfAccount(ctx, accountId)).map((booking) =>
      Object.fromEntries(TOLD.map((name) => [name, booking[name]])),
    ),
    duties: (await dutiesOf(ctx, accountId)).map(({ lane, startsAt, endsAt }) => ({ lane, startsAt, endsAt })),
    canGive: (await abilitiesOf(ctx, accountId)).map(({ unit, can }) => ({ unit, services: can ?? 'all' })),
    waitingForAppointments: (await waitingOfAccount(ctx, accountId)).map(
      ({ services, people, variant, offices, fromDay, lastDay, before, email, madeAt }) => ({
        services,
        people,
        variant,
        offices,
        fromDay,
        lastDay,
        before,
        email,
        madeAt,
      }),
    ),
  }),
  erase: async (ctx, accountId) => {
    // By nobody: this process offers anew what is open to all now, as soon as it hears of it like the others.
    for (const team of await forgetStaff(ctx, accountId)) await tellChange(ctx, newId(), team)
    await deleteWaitingOfAccount(ctx, accountId)
    await endFeed(ctx, accountId)
    await unlinkBookings(ctx, accountId)
  },
}
