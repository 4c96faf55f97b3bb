import { job, jobType } from '#platform/jobs/jobs.ts'
import type { RetentionRule } from '#platform/module.ts'
import { today } from '#platform/time/clock.ts'
import { deleteVisits, forgetPeople } from './store/forget.ts'
import { closeEarlierDays } from './use-cases/close-day.ts'

/** Days that it is kept who served whom, and months that the bare visit is, for figures; demo values. */
const PEOPLE_DAYS = 30
const VISIT_MONTHS = 24

export const jobs = [job(jobType('queue.close-day'), closeEarlierDays, { schedule: '20 1 * * *' })]

export const retention: readonly RetentionRule[] = [
  {
    table: 'queue_visit',
    purpose: {
      de: 'Wartende aufrufen und Bescheid geben, wenn sie bald an der Reihe sind oder eine neue Nummer haben',
      en: 'Calling people who wait, and telling them when it is soon their turn or their number is a new one',
    },
    rule: {
      de: 'E-Mail, Telefon, der Grund eines Vorrangs und der Hinweis einer Weiterleitung bis zum Ende des Besuchs; der Code der Wartenummer und wer bedient hat 30 Tage; der Besuch ohne Namen 2 Jahre (Demowerte)',
      en: 'email, telephone, the reason of a priority and the note of who forwarded them until the visit ends; the code of the ticket and who served 30 days; the visit without a name 2 years (demo values)',
    },
    run: async (ctx) => {
      const day = today(ctx.clock)
      await deleteVisits(ctx, day.subtract({ months: VISIT_MONTHS }))
      return forgetPeople(ctx, day.subtract({ days: PEOPLE_DAYS }))
    },
  },
]
