import { job, jobType } from '#platform/jobs/jobs.ts'
import type { RetentionRule } from '#platform/module.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { deleteDocuments, forgetPeople } from './store/forget.ts'
import { markOverdue } from './use-cases/overdue.ts'

/** Days that a name is kept after the end, and years that the bare document is, for the custody log; demo values. */
const NAME_DAYS = 90
/** Months after which whoever has not come is forgotten, the document still there; a demo value. */
const WAITING_MONTHS = 12
const DOCUMENT_YEARS = 2

export const jobs = [
  job(
    jobType('pickup.overdue'),
    async (ctx) => {
      const count = await markOverdue(ctx)
      ctx.log.info({ count }, 'documents that nobody collected in time')
    },
    { schedule: '0 5 * * *' },
  ),
]

export const retention: readonly RetentionRule[] = [
  {
    table: 'pickup_document',
    purpose: {
      de: 'Dokumente zum Abholen bereithalten und nachweisen, wer sie wann hatte',
      en: 'Keeping documents ready to be collected, and proving who had them when',
    },
    rule: {
      de: 'Name, E-Mail und Telefon 90 Tage nach der Abholung, ohne Abholung 12 Monate nach der Ankündigung, das Dokument ohne Namen 2 Jahre (Demowerte)',
      en: 'name, email and telephone 90 days after the collection, without one 12 months after the announcement, the document without a name 2 years (demo values)',
    },
    run: async (ctx) => {
      const before = (time: Temporal.DurationLike) =>
        ctx.clock.now().toZonedDateTimeISO(CITY_TIME_ZONE).subtract(time).toInstant()
      await deleteDocuments(ctx, before({ years: DOCUMENT_YEARS }))
      return forgetPeople(ctx, {
        endedBefore: before({ days: NAME_DAYS }),
        announcedBefore: before({ months: WAITING_MONTHS }),
      })
    },
  },
]
