import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { DataSafe, DataSafePart } from '../domain/data-safe.ts'

type SafeRow = Omit<DataSafe, 'birthDate'> & { birthDate: Temporal.PlainDate | null }

/**
 * What the person has left with the city. Writes down who reads and what for, where the person can see it.
 * @throws where a citizen would read somebody else's: a mistake of the program, not of the person
 */
export async function readDataSafe(ctx: Ctx, accountId: string, purpose: string | LocalizedText): Promise<DataSafe> {
  guardOwn(ctx, accountId)
  const why = typeof purpose === 'string' ? { de: purpose, en: purpose } : purpose
  await exec(
    ctx.db,
    sql`insert into accounts_safe_reading (id, account_id, reader_id, unit_id, purpose, read_at)
      select ${newId()}, a.id, ${ctx.account?.id ?? null},
        (select unit_id from accounts_account where id = ${ctx.account?.id ?? null}), ${json(why)}, ${ctx.clock.now()}
      from accounts_account a where a.id = ${accountId}`,
  )
  return loadDataSafe(ctx, accountId)
}

/** The same without a note: for showing people their own data, and for their export. */
export async function loadDataSafe(ctx: Ctx, accountId: string): Promise<DataSafe> {
  const row = await maybe(
    ctx.db,
    sql<SafeRow>`select s.given_name as "givenName", s.family_name as "familyName", s.birth_date as "birthDate", s.street,
        s.house_number as "houseNumber", s.postcode, s.place, s.telephone, a.email,
        coalesce((select jsonb_agg(jsonb_build_object('plate', v.plate, 'description', v.description) order by v.position)
          from accounts_vehicle v where v.account_id = a.id), '[]') as vehicles
      from accounts_account a left join accounts_safe s on s.account_id = a.id where a.id = ${accountId}`,
  )
  if (row === null) return EMPTY
  return { ...row, birthDate: row.birthDate?.toString() ?? null }
}

const EMPTY: DataSafe = {
  givenName: null,
  familyName: null,
  birthDate: null,
  street: null,
  houseNumber: null,
  postcode: null,
  place: null,
  telephone: null,
  email: null,
  vehicles: [],
}

/** Changes what `part` names and leaves the rest. Values must have passed `checkDataSafe`. */
export async function writeDataSafe(ctx: Ctx, accountId: string, part: DataSafePart): Promise<void> {
  guardOwn(ctx, accountId)
  await transaction(ctx, async (ctx) => {
    const next = { ...(await loadDataSafe(ctx, accountId)), ...part }
    await exec(
      ctx.db,
      sql`insert into accounts_safe (account_id, given_name, family_name, birth_date, street, house_number, postcode, place,
          telephone, changed_at)
        values (${accountId}, ${next.givenName}, ${next.familyName}, ${next.birthDate}, ${next.street}, ${next.houseNumber},
          ${next.postcode}, ${next.place}, ${next.telephone}, ${ctx.clock.now()})
        on conflict (account_id) do update set given_name = excluded.given_name, family_name = excluded.family_name,
          birth_date = excluded.birth_date, street = excluded.street, house_number = excluded.house_number,
          postcode = excluded.postcode, place = excluded.place, telephone = excluded.telephone,
          changed_at = excluded.changed_at`,
    )
    if (part.vehicles) await replaceVehicles(ctx, accountId, part.vehicles)
  })
}

async function replaceVehicles(ctx: Ctx, accountId: string, vehicles: DataSafe['vehicles']): Promise<void> {
  await exec(ctx.db, sql`delete from accounts_vehicle where account_id = ${accountId}`)
  await exec(
    ctx.db,
    sql`insert into accounts_vehicle (account_id, plate, description, position)
      select ${accountId}::uuid, v.plate, v.description, v.position
      from rows from (jsonb_to_recordset(${json(vehicles)}) as (plate text, description text)) with ordinality
        as v (plate, description, position)
      on conflict (account_id, plate) do nothing`,
  )
}

export async function deleteDataSafe(ctx: Ctx, accountId: string): Promise<void> {
  guardOwn(ctx, accountId)
  await exec(ctx.db, sql`delete from accounts_vehicle where account_id = ${accountId}`)
  await exec(ctx.db, sql`delete from accounts_safe where account_id = ${accountId}`)
}

function guardOwn(ctx: Ctx, accountId: string): void {
  if (ctx.account?.kind === 'citizen' && ctx.account.id !== accountId)
    throw new Error('a citizen asked for another data safe')
}

export interface SafeReading {
  readonly id: string
  readonly purpose: LocalizedText
  readonly readAt: Temporal.Instant
  /** `own`: the person themselves, `unit`: a member of staff, `program`: the city's program. */
  readonly by: 'own' | 'unit' | 'program'
  readonly unit: LocalizedText | null
}

/** Who read the person's data safe, the latest first. Staff appear by unit, as they act for it and not for themselves. */
export const readingsOf = (ctx: Ctx, accountId: string, limit: number, offset: number): Promise<SafeReading[]> =>
  many(
    ctx.db,
    sql<SafeReading>`select r.id, r.purpose, r.read_at as "readAt", u.name as unit,
        case when r.reader_id = r.account_id then 'own' when r.reader_id is null then 'program' else 'unit' end as by
      from accounts_safe_reading r left join accounts_unit u on u.id = r.unit_id
      where r.account_id = ${accountId} order by r.read_at desc, r.id desc limit ${limit} offset ${offset}`,
  )

/** Deletes readings older than two years. */
export const deleteOldReadings = (ctx: Ctx): Promise<number> =>
  exec(ctx.db, sql`delete from accounts_safe_reading where read_at < ${ctx.clock.now().subtract({ hours: 24 * 730 })}`)
