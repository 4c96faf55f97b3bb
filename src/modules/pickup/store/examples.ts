import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import { MANAGE } from '../domain/document.ts'

const ids = async (rows: Promise<{ id: string }[]>) => (await rows).map(({ id }) => id)

/** One document of each state, for the tests that visit every page. */
export const examplesIn = (ctx: Ctx): Promise<string[]> =>
  ids(
    many(
      ctx.db,
      sql<{ id: string }>`select distinct on (state) id from pickup_document
        where ${permittedIn(ctx, MANAGE, 'unit')} and state <> 'withdrawn' order by state desc, id`,
    ),
  )

/** An opening at the locker that asks: a document of its office is put into it. */
export const exampleOpening = (ctx: Ctx): Promise<string[]> =>
  ids(
    many(
      ctx.db,
      sql<{
        id: string
      }>`update pickup_document set device = ${ctx.device?.id ?? null}, compartment = 7, state = 'open',
          opened_at = ${ctx.clock.now()}
        where id = (select id from pickup_document
          where office = ${ctx.device?.office ?? ''} and state in ('ready', 'open') order by state, id limit 1)
        returning id`,
    ),
  )
