import { officesFor } from '#modules/catalogue/public.ts'
import { deviceNames } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { queryChoice, queryPage, queryText } from '#platform/http/query.ts'
import { htmlPage } from '#platform/http/reply.ts'
import { page, staff, type Req, type Route } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { custodyIn } from '../store/custody.ts'
import { countsIn, documentsIn, STANDINGS, type DocumentFilter } from '../store/documents.ts'
import { texts } from '../texts/index.ts'
import { custodyDetail, custodyEvent } from '../views/custody.ts'
import { MANAGE } from '../domain/document.ts'
import { LIST, listPage, PAGE_SIZE, placeWords, stateWords } from '../views/list.ts'
import { namesIn } from './names.ts'

const manage = staff(MANAGE)
/** Rows of a file; who needs more narrows the filter. */
const MOST_ROWS = 20_000
/** Days of the custody log of all documents. */
const CUSTODY_DAYS = 92

async function asked(ctx: Ctx, req: Req) {
  const offices = await officesFor(ctx, MANAGE)
  const slugs = offices.map(({ slug }) => slug)
  const filter: DocumentFilter = {
    office: queryChoice(req, 'dienststelle', slugs),
    standing: queryChoice(req, 'stand', STANDINGS),
    text: queryText(req, 'q').slice(0, 80),
  }
  return { offices, filter, day: today(ctx.clock) }
}

const lockersOf = (ctx: Ctx, documents: readonly { device: string | null }[]) =>
  deviceNames(ctx, [...new Set(documents.flatMap(({ device }) => device ?? []))])

export const listRoutes: readonly Route[] = [
  page({
    path: LIST,
    access: manage,
    handle: async (ctx, req) => {
      const { offices, filter, day } = await asked(ctx, req)
      const number = queryPage(req)
      const documents = await documentsIn(ctx, filter, day, {
        offset: (number - 1) * PAGE_SIZE,
        limit: PAGE_SIZE,
      })
      const counts = await countsIn(ctx, filter, day)
      return htmlPage(
        listPage(ctx, { documents, offices, filter, counts, page: number, lockers: await lockersOf(ctx, documents) }),
      )
    },
  }),
  page({
    path: `${LIST}.csv`,
    access: manage,
    handle: async (ctx, req) => {
      const t = texts(ctx).staff
      const { offices, filter, day } = await asked(ctx, req)
      const documents = await documentsIn(ctx, filter, day, { offset: 0, limit: MOST_ROWS })
      const around = { offices, lockers: await lockersOf(ctx, documents) }
      return csvReply(
        `${t.title}.csv`,
        [t.what, t.name, t.caseNumber, t.place, t.state, t.since, t.collectBy, t.ended],
        documents.map((d) => [
          d.title,
          d.name,
          d.caseNumber,
          placeWords(ctx, d, around),
          stateWords(ctx, d),
          d.announcedAt,
          d.collectBy,
          d.endedAt,
        ]),
      )
    },
  }),
  page({
    path: `${LIST}/verwahrung.csv`,
    access: manage,
    handle: async (ctx) => {
      const t = texts(ctx).staff
      const since = ctx.clock.now().subtract({ hours: CUSTODY_DAYS * 24 })
      const entries = await custodyIn(ctx, since, MOST_ROWS)
      const names = await namesIn(ctx, entries)
      const offices = new Map((await officesFor(ctx, MANAGE)).map(({ slug, name }) => [slug, name[ctx.locale]]))
      return csvReply(
        `${t.custody}.csv`,
        [t.at, t.office, t.what, t.event, t.who, t.detail, 'id'],
        entries.map((entry) => [
          entry.at,
          offices.get(entry.office) ?? entry.office,
          entry.title,
          custodyEvent(ctx, entry),
          names.actors.get(entry.actor) ?? entry.actor,
          custodyDetail(ctx, entry, names),
          entry.document,
        ]),
      )
    },
  }),
]
