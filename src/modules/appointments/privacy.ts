import type { Privacy } from '#platform/module.ts'
import { bookingsOfAccount } from './store/bookings.ts'
import { unlinkBookings } from './store/forget.ts'

/** A booked appointment stays when an account goes: somebody is expected, and its mail opens it. */
export const privacy: Privacy = {
  export: async (ctx, accountId) => ({
    appointments: (await bookingsOfAccount(ctx, accountId)).map(
      ({ office, startsAt, endsAt, services, people, variant, state, name, email, telephone }) => ({
        ...{ office, services, people, variant, state, name, email, telephone },
        startsAt: startsAt.toString(),
        endsAt: endsAt.toString(),
      }),
    ),
  }),
  erase: unlinkBookings,
}
