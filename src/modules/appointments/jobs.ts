import { job, jobType } from '#platform/jobs/jobs.ts'
import type { RetentionRule } from '#platform/module.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { NAME_DAYS } from './domain/booking.ts'
import { deleteBookings, deleteLapsed, forgetPeople } from './store/forget.ts'
import { forgetConfirmations } from './store/confirmations.ts'
import { forgetChanges } from './store/changes.ts'
import { forgetDuties } from './store/duties.ts'
import { endUnreadFeeds } from './store/feeds.ts'
import { forgetProofs } from './store/proofs.ts'
import { deleteOldWaiting } from './store/waiting.ts'
import { countNoShows } from './use-cases/plan/widen.ts'
import { remindPeople } from './use-cases/remind.ts'
import { tellWaiting } from './use-cases/waiting.ts'
import { forgetPlanChanges } from './store/plan-changes.ts'
import { lookAgain, settleChange } from './use-cases/plan/job-types.ts'
import { addLate, settleDisplaced } from './use-cases/plan/settle.ts'

/** Months that the bare appointment is kept, for figures; demo value. */
const BOOKING_MONTHS = 24
const DUTY_MONTHS = 6
const FEED_MONTHS = 12

export const jobs = [
  // Nobody waits for it: what ran out is free without it.
  job(
    jobType('appointments.tidy-up'),
    async (ctx) => {
      await deleteLapsed(ctx, ctx.clock.now().subtract({ hours: 1 }))
      await forgetProofs(ctx)
      await forgetConfirmations(ctx)
      await forgetChanges(ctx, ctx.clock.now().subtract({ hours: 1 }))
    },
    { schedule: '17 * * * *' },
  ),
  job(jobType('appointments.tell-waiting'), async (ctx) => void (await tellWaiting(ctx)), { schedule: '* * * * *' }),
  job(jobType('appointments.count-no-shows'), (ctx) => countNoShows(ctx), { schedule: '40 1 * * *' }),
  job(jobType('appointments.remind'), async (ctx) => void (await remindPeople(ctx)), { schedule: '*/10 * * * *' }),
  job(settleChange, (ctx, { change }) => settleDisplaced(ctx, change)),
  job(lookAgain, (ctx, { change }) => addLate(ctx, change)),
]

export const retention: readonly RetentionRule[] = [
  {
    table: 'appointments_booking',
    purpose: {
      de: 'Termine vereinbaren, verschieben und absagen',
      en: 'Making, moving and cancelling appointments',
    },
    rule: {
      de: 'Name, E-Mail und Telefon 30 Tage nach dem Termin, der Termin ohne Namen 2 Jahre; nicht bestätigte Buchungen 1 Stunde (Demowerte)',
      en: 'name, email and telephone 30 days after the appointment, the appointment without a name 2 years; bookings that were not confirmed 1 hour (demo values)',
    },
    run: async (ctx) => {
      const now = ctx.clock.now()
      await deleteBookings(ctx, before(now, { months: BOOKING_MONTHS }))
      await forgetPlanChanges(ctx, before(now, { months: BOOKING_MONTHS }))
      return forgetPeople(ctx, before(now, { days: NAME_DAYS }))
    },
  },
  {
    table: 'appointments_confirmation',
    purpose: {
      de: 'Niemanden mit E-Mails zu Terminen überhäufen, die er nicht gebucht hat',
      en: 'Flooding nobody with emails about appointments that they did not book',
    },
    rule: {
      de: 'Prüfwert des Postfachs und des Anschlusses, höchstens 2 Stunden (Demowert)',
      en: 'hash of the mailbox and of the connection, at most 2 hours (demo value)',
    },
    run: forgetConfirmations,
  },
  {
    table: 'appointments_duty',
    purpose: { de: 'Einteilung an den Schaltern', en: 'Who sits at which counter' },
    rule: { de: '6 Monate danach (Demowert)', en: '6 months afterwards (demo value)' },
    run: (ctx) => forgetDuties(ctx, before(ctx.clock.now(), { months: DUTY_MONTHS })),
  },
  {
    table: 'appointments_ability',
    purpose: { de: 'Wer welche Anliegen bearbeiten kann', en: 'Who can do what' },
    rule: { de: 'bis das Konto gelöscht wird', en: 'until the account is deleted' },
  },
  {
    table: 'appointments_waiting',
    purpose: { de: 'Bescheid sagen, wenn ein Termin frei wird', en: 'Telling people when an appointment frees up' },
    rule: {
      de: 'bis zum gewünschten letzten Tag, höchstens 8 Wochen, unbestätigt 1 Tag; sofort, wenn jemand die Warteliste verlässt',
      en: 'until the last day that was named, at most 8 weeks, unconfirmed 1 day; at once when somebody leaves the waiting list',
    },
    run: deleteOldWaiting,
  },
  {
    table: 'appointments_feed',
    purpose: { de: 'Eigene Termine im Kalenderprogramm', en: 'Own appointments in a calendar program' },
    rule: {
      de: '1 Jahr, nachdem zuletzt ein Kalender gefragt hat (Demowert)',
      en: '1 year after a calendar has asked last (demo value)',
    },
    run: (ctx) => endUnreadFeeds(ctx, before(ctx.clock.now(), { months: FEED_MONTHS })),
  },
]

const before = (now: Temporal.Instant, time: Temporal.DurationLike) =>
  now.toZonedDateTimeISO(CITY_TIME_ZONE).subtract(time).toInstant()
