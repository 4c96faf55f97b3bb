import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import { instantOf } from '../domain/cells.ts'

export interface SeededBooking {
  readonly id: string
  readonly office: string
  readonly team: string
  readonly lane: string
  readonly service: string
  readonly people: number
  readonly from: number
  readonly to: number
  /** Those that are over long ago have none any more. */
  readonly hasName: boolean
  /** Of those that are over: whether somebody came. */
  readonly came: boolean
}

/** Sixteen of each, so that a byte of the id tells who comes. */
const GIVEN = 'Ayşe Berta Carla Dirk Elif Franz Greta Hakan Inge Jürgen Karin Luca Maria Nils Olga Peter'.split(' ')
const FAMILY =
  'Arslan Bäuerle Çelik Denner Eisele Fröhlich Groß Häberle Ilić Jäger Kılınç Löffler Maier Nowak Özer Pfisterer'.split(
    ' ',
  )

/** As in an address: "Ayşe Kılınç" is ayse.kilinc. */
const inAddress = (names: readonly string[]): string[] =>
  names.map((name) =>
    name.toLowerCase().replaceAll('ß', 'ss').replaceAll('ı', 'i').normalize('NFD').replace(/\p{M}/gu, ''),
  )

/** Bookings of the demo city, as they would stand there had people made them. Whoever knows an id has its code: a demo. */
export async function insertPastBookings(ctx: Ctx, bookings: readonly SeededBooking[]): Promise<void> {
  const rows = bookings.map(({ from, to, ...booking }) => ({
    ...booking,
    startsAt: instantOf(from).toString(),
    endsAt: instantOf(to).toString(),
  }))
  await exec(
    ctx.db,
    sql`with seeded as materialized (
        select * from jsonb_to_recordset(${json(rows)}) as b (id uuid, office text, team text, lane text, service text,
          people int, "startsAt" timestamptz, "endsAt" timestamptz, "hasName" boolean, came boolean)
      ), taken as (
        insert into appointments_occupancy (booking, team, lane, during, until)
        select id, team, lane, tstzrange("startsAt", "endsAt"), null from seeded where "endsAt" > ${ctx.clock.now()}
      )
      insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
        audience, code_hash, arrival_code, attended_at, name, email, locale, made_at, changed_at)
      select id, 'booked', office, team, lane, "startsAt", "endsAt", array[service], people, 'in-person', 'public',
        sha256(convert_to(id::text, 'UTF8')), translate(upper(substr(md5(id::text), 1, 8)), '01', 'XY'),
        case when came then "startsAt" - interval '4 minutes' end, case when "hasName" then (${GIVEN}::text[])[1 + get_byte(uuid_send(id), 0) % 16] || ' '
          || (${FAMILY}::text[])[1 + get_byte(uuid_send(id), 1) % 16] end,
        case when "hasName" then (${inAddress(GIVEN)}::text[])[1 + get_byte(uuid_send(id), 0) % 16] || '.'
          || (${inAddress(FAMILY)}::text[])[1 + get_byte(uuid_send(id), 1) % 16] || '.' || substr(md5(id::text), 1, 6)
          || '@example.org' end, 'de', "startsAt" - interval '14 days', "startsAt" - interval '14 days'
      from seeded`,
  )
}

/** Gives bookings of the demo city to somebody, as if they had made them with their account. */
export async function giveBookings(
  ctx: Ctx,
  ids: readonly string[],
  person: { readonly id: string; readonly name: string; readonly email: string },
): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking set account = ${person.id}::uuid, name = ${person.name}, email = ${person.email}
      where id = any(${[...ids]}::uuid[])`,
  )
}

export async function cancelSeeded(ctx: Ctx, id: string): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_occupancy where booking = ${id}::uuid`)
  await exec(ctx.db, sql`update appointments_booking set state = 'cancelled', sequence = 1 where id = ${id}::uuid`)
}

/** Somebody who waits for a Saturday, in the demo city; their code is their id. */
export async function insertSeededWaiting(
  ctx: Ctx,
  waiting: { readonly id: string; readonly service: string; readonly account: string | null; readonly email: string },
): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`insert into appointments_waiting (id, state, services, people, variant, offices, weekdays, account, email, locale,
        code_hash, made_at, expires_at)
      values (${waiting.id}, 'waiting', array[${waiting.service}], 1, 'in-person', '{}', '{6}', ${waiting.account}::uuid,
        ${waiting.email}, 'de', sha256(convert_to(${waiting.id}::text, 'UTF8')), ${now.subtract({ hours: 20 })},
        ${now.add({ hours: 40 * 24 })})`,
  )
}

/** As if one address had made these bookings, each under the next of the names. */
export async function bookedByOne(
  ctx: Ctx,
  ids: readonly string[],
  { email, names }: { readonly email: string; readonly names: readonly string[] },
): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking b set email = ${email}, name = (${[...names]}::text[])[1 + (n.place - 1) % ${names.length}]
      from unnest(${[...ids]}::uuid[]) with ordinality as n (id, place) where b.id = n.id`,
  )
}

/** As if one address had had these times before and cancelled them, and others had booked them twenty minutes later. */
export async function handedOnByOne(
  ctx: Ctx,
  ids: readonly string[],
  { email, name }: { readonly email: string; readonly name: string },
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
        audience, code_hash, name, email, locale, sequence, made_at, changed_at)
      select md5(id::text || 'before')::uuid, 'cancelled', office, team, lane, starts_at, ends_at, services, people, variant,
        audience, sha256(convert_to(id::text || 'before', 'UTF8')), ${name}, ${email}, locale, 1,
        made_at - interval '3 days', made_at - interval '20 minutes'
      from appointments_booking where id = any(${[...ids]}::uuid[])`,
  )
}
