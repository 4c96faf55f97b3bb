import { caseMoved } from '#modules/cases/public.ts'
import type { Ctx } from '#platform/context.ts'
import { on } from '#platform/events/events.ts'
import { job, jobType } from '#platform/jobs/jobs.ts'
import type { RetentionRule } from '#platform/module.ts'
import { today } from '#platform/time/clock.ts'
import { PLATE_KEPT_HOURS } from './domain/lookup.ts'
import { deleteLookups, forgetPlates } from './store/lookups.ts'
import { dropReservation, dropStaleReservations, forgetPermits } from './store/permits.ts'
import { remindHolders } from './use-cases/remind.ts'

/** Days after which a reservation goes whose case has not ended it; longer than any deadline of the service; demo value. */
const RESERVED_DAYS = 120
/** Years that ended permits and the bare fact of a check are kept; demo values. */
const PERMIT_YEARS = 2
const LOOKUP_DAYS = 365

export const jobs = [
  job(
    jobType('parking.remind'),
    async (ctx) => {
      await dropStaleReservations(ctx, ctx.clock.now().subtract({ hours: RESERVED_DAYS * 24 }))
      const count = await remindHolders(ctx)
      ctx.log.info({ count }, 'holders of parking permits reminded')
    },
    { schedule: '0 6 * * *' },
  ),
  job(jobType('parking.forget-plates'), async (ctx) => void (await forgetShift(ctx)), { schedule: '23 * * * *' }),
]

const forgetShift = (ctx: Ctx) => forgetPlates(ctx, ctx.clock.now().subtract({ hours: PLATE_KEPT_HOURS }))

/** A case that ends without a permit sets its plate, zone and time free. */
export const subscriptions = [
  on(caseMoved, async (ctx, { caseId, outcome }) => {
    if (outcome !== null && outcome !== 'granted') await dropReservation(ctx, caseId)
  }),
]

export const retention: readonly RetentionRule[] = [
  {
    table: 'parking_permit',
    purpose: {
      de: 'Bewohnerparkausweise ausstellen, ändern und kontrollieren (StVO § 45 Absatz 1b)',
      en: 'Issuing, changing and checking resident parking permits (StVO section 45(1b))',
    },
    rule: {
      de: '2 Jahre nach dem Ende des Ausweises (Demowert)',
      en: '2 years after the end of the permit (demo value)',
    },
    run: (ctx) => forgetPermits(ctx, today(ctx.clock).subtract({ years: PERMIT_YEARS })),
  },
  {
    table: 'parking_lookup',
    purpose: { de: 'Nachweis von Parkkontrollen', en: 'Record of parking checks' },
    rule: {
      de: 'Kennzeichen 12 Stunden, die Tatsache der Prüfung 1 Jahr (Demowerte)',
      en: 'number plate 12 hours, the fact of the check 1 year (demo values)',
    },
    run: async (ctx) => {
      await forgetShift(ctx)
      return deleteLookups(ctx, ctx.clock.now().subtract({ hours: LOOKUP_DAYS * 24 }))
    },
  },
]
