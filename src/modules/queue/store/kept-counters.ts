import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import { isId } from '#platform/http/query.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { Counter } from '../domain/counter.ts'
import { COUNTER } from './counters.ts'

type Db = Pick<Ctx, 'db'>

/** A counter as the page shows it on which counters are edited, those included that are out of service. */
export interface KeptCounter extends Counter {
  readonly inService: boolean
  readonly version: number
}

const KEPT = sql`${COUNTER}, in_service as "inService", version`

/** Of these teams, in the order in which they stand. */
export const keptCounters = (ctx: Db, teams: readonly string[]): Promise<KeptCounter[]> =>
  many(
    ctx.db,
    sql<KeptCounter>`select ${KEPT} from queue_counter where team = any(${[...teams]}::text[]) order by office, position`,
  )

export const keptCounter = async (ctx: Db, id: string, teams: readonly string[]): Promise<KeptCounter | null> =>
  isId(id)
    ? maybe(
        ctx.db,
        sql<KeptCounter>`select ${KEPT} from queue_counter where id = ${id} and team = any(${[...teams]}::text[])`,
      )
    : null

/** The languages in which another counter of the office has that name. */
export async function namesTaken(
  ctx: Db,
  office: string,
  name: LocalizedText,
  except: string,
): Promise<{ readonly de: boolean; readonly en: boolean }> {
  return one(
    ctx.db,
    sql<{ de: boolean; en: boolean }>`select coalesce(bool_or(lower(name ->> 'de') = lower(${name.de})), false) as de,
        coalesce(bool_or(lower(name ->> 'en') = lower(${name.en})), false) as en
      from queue_counter where office = ${office} and id <> ${except}::uuid`,
  )
}

export type CounterWords = Pick<Counter, 'name' | 'way'>

/** At the end of the row; false where it is there already. */
export const insertCounter = async (
  ctx: Db,
  counter: CounterWords & Pick<Counter, 'id' | 'office' | 'team'>,
): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`insert into queue_counter (id, office, team, position, name, way)
      select ${counter.id}::uuid, ${counter.office}, ${counter.team}, coalesce(max(position), 0) + 1,
        ${json(counter.name)}, ${json(counter.way)}
      from queue_counter where office = ${counter.office} on conflict (id) do nothing`,
  )) > 0

/** False where somebody has changed it since that version. */
export const writeCounter = async (
  ctx: Db,
  id: string,
  version: number,
  { name, way, team, inService }: Pick<KeptCounter, 'name' | 'way' | 'team' | 'inService'>,
): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`update queue_counter set name = ${json(name)}, way = ${json(way)}, team = ${team}, in_service = ${inService},
        version = version + 1
      where id = ${id} and version = ${version}`,
  )) > 0

/** Puts counters of an office in that order, at the places that they have among them; others stay where they are. */
export async function writeOrder(ctx: Db, ids: readonly string[]): Promise<void> {
  const these = sql`id = any(${[...ids]}::uuid[])`
  // Out of the way first: no two have the same place at any moment.
  await exec(ctx.db, sql`update queue_counter set position = -position where ${these}`)
  await exec(
    ctx.db,
    sql`update queue_counter c set position = place.position
      from (select id, row_number() over (order by n) as nth from unnest(${[...ids]}::uuid[]) with ordinality as w (id, n)) wanted
      join (select -position as position, row_number() over (order by -position) as nth from queue_counter where ${these}) place
        on place.nth = wanted.nth
      where c.id = wanted.id`,
  )
}
