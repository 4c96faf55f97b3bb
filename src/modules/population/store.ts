import { formatHouseNumber, parseHouseNumber, streetKey } from '#modules/addresses/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { Claim, Confirmation, RegisteredPerson } from './domain/confirmation.ts'

/** Rows in one insert: 100,000 residents take about 3 s. */
const CHUNK = 10_000

/** Months that the log of queries is kept, demo value. */
const LOG_MONTHS = 24

/** Who could be meant: everybody of that birthday, and everybody in that house (for a slip in the birth date). */
export async function candidatesFor(ctx: Ctx, claim: Claim): Promise<RegisteredPerson[]> {
  return many(
    ctx.db,
    sql<RegisteredPerson>`
      select given_name as "givenName", family_name as "familyName", birth_date as "birthDate", street,
        house_number as "houseNumber", postcode, residence
      from population_resident
      where birth_date = ${claim.birthDate} or house_key = ${houseKey(claim.address)}`,
  )
}

export interface NewResident extends Omit<RegisteredPerson, 'birthDate'> {
  readonly id: string
  readonly place: string
  readonly birthDate: string
  readonly movedInOn: string
}

export async function insertResidents(
  ctx: Ctx,
  residents: Iterable<NewResident>,
  progress: (done: number) => void = () => undefined,
): Promise<void> {
  let chunk: NewResident[] = []
  let done = 0
  const flush = async () => {
    await insertChunk(ctx, chunk)
    done += chunk.length
    chunk = []
    progress(done)
  }
  for (const resident of residents) {
    chunk.push(resident)
    if (chunk.length === CHUNK) await flush()
  }
  if (chunk.length > 0) await flush()
}

async function insertChunk(ctx: Ctx, rows: readonly NewResident[]): Promise<void> {
  const column = (of: (row: NewResident) => string) => rows.map(of)
  await exec(
    ctx.db,
    sql`insert into population_resident
        (id, given_name, family_name, birth_date, street, house_number, postcode, place, house_key, residence, moved_in_on)
      select * from unnest(${column((r) => r.id)}::uuid[], ${column((r) => r.givenName)}::text[], ${column((r) => r.familyName)}::text[],
        ${column((r) => r.birthDate)}::date[], ${column((r) => r.street)}::text[], ${column((r) => r.houseNumber)}::text[],
        ${column((r) => r.postcode)}::text[], ${column((r) => r.place)}::text[], ${column(houseKey)}::text[],
        ${column((r) => r.residence)}::text[], ${column((r) => r.movedInOn)}::date[])`,
  )
}

function houseKey(address: { readonly street: string; readonly houseNumber: string }): string {
  const houseNumber = parseHouseNumber(address.houseNumber)
  return `${streetKey(address.street)} ${houseNumber ? formatHouseNumber(houseNumber) : ''}`
}

export async function logQuery(
  ctx: Ctx,
  query: { purpose: string; adapter: string; outcome: Confirmation['outcome'] },
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into population_query (id, at, asked_by, purpose, adapter, outcome)
      values (${newId()}, ${ctx.clock.now()}, ${ctx.account?.id ?? 'system'}, ${query.purpose}, ${query.adapter}, ${query.outcome})`,
  )
}

export async function forgetQueries(ctx: Ctx): Promise<number> {
  return exec(
    ctx.db,
    sql`delete from population_query where at < ${ctx.clock.now()}::timestamptz - make_interval(months => ${LOG_MONTHS})`,
  )
}
