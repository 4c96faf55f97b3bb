import { closingDays, officePart, serviceStep } from '#modules/catalogue/public.ts'
import { provide } from '#platform/extension.ts'
import { defineModule, problemText } from '#platform/module.ts'
import { officeClosingDays } from './closing-days.ts'
import { jobs, retention } from './jobs.ts'
import { navigation } from './navigation.ts'
import { privacy } from './privacy.ts'
import { bookingsApiRoutes } from './routes/bookings-api.ts'
import { bookingRoutes } from './routes/booking.ts'
import { chooseRoutes } from './routes/choose.ts'
import { feedRoutes } from './routes/feed.ts'
import { moveRoutes } from './routes/move.ts'
import { timesApiRoutes } from './routes/times-api.ts'
import { ownApiRoutes } from './routes/own-api.ts'
import { waitingApiRoutes } from './routes/waiting-api.ts'
import { waitingRoutes } from './routes/waiting.ts'
import { planRoutes } from './routes/plan/index.ts'
import { isBookable } from './store/plan.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { officeAppointments } from './views/office-part.ts'

type Words = keyof typeof de.problems

const words = (status: number, title: Words, advice: Words) =>
  problemText(status, [de.problems[title], en.problems[title]], [de.problems[advice], en.problems[advice]])

export default defineModule({
  name: 'appointments',
  uses: ['accounts', 'addresses', 'catalogue', 'musterstadt', 'notifications'],
  routes: [
    ...timesApiRoutes,
    ...bookingsApiRoutes,
    ...ownApiRoutes,
    ...chooseRoutes,
    ...bookingRoutes,
    ...moveRoutes,
    ...feedRoutes,
    ...waitingRoutes,
    ...waitingApiRoutes,
    ...planRoutes,
  ],
  navigation,
  permissions: {
    'appointments.plan': {
      de: 'Öffnungszeiten, Schließtage, Sperren und Einsatz für Termine planen',
      en: 'Plan opening hours, closing days, blocks and duties for appointments',
    },
    'appointments.work': {
      de: 'Gebuchte Termine sehen, verschieben und absagen',
      en: 'See, move and cancel booked appointments',
    },
    'appointments.book': {
      de: 'Termine für andere buchen (Servicecenter)',
      en: 'Book appointments for others (service centre)',
    },
  },
  problems: {
    'time-taken': words(409, 'timeTaken', 'timeTakenAdvice'),
    'hold-expired': words(409, 'holdExpired', 'holdExpiredAdvice'),
    'too-many-bookings': words(409, 'tooManyBookings', 'tooManyBookingsAdvice'),
    'proof-needed': words(429, 'proofNeeded', 'proofNeededAdvice'),
    'too-many-sms': words(429, 'tooManySms', 'tooManySmsAdvice'),
    'moved-too-often': words(409, 'movedTooOften', 'movedTooOftenAdvice'),
    'corrected-too-often': words(409, 'correctedTooOften', 'correctedTooOftenAdvice'),
    'not-changeable': words(409, 'notChangeable', 'notChangeableAdvice'),
  },
  extensions: [
    provide(officePart, 'appointments', officeAppointments),
    provide(closingDays, 'appointments', officeClosingDays),
    provide(serviceStep, 'appointments', {
      label: { de: de.choose.title, en: en.choose.title },
      pathFor: async (ctx, slug) => ((await isBookable(ctx, slug)) ? `/termine?service=${slug}` : null),
    }),
  ],
  jobs,
  retention,
  privacy,
  seed: () => import('./seed.ts'),
})
