import type { Polygon } from 'geojson'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import type { Address, Completion, District } from './domain/address.ts'
import type { ListedAddress } from './domain/address-list.ts'
import { streetKey } from './domain/street-key.ts'

const CHUNK = 5_000

const ADDRESS = sql`a.id, s.name as street, a.number || a.suffix as "houseNumber", a.postcode, s.place, a.district_id as "districtId",
  case when a.point is null then null else json_build_array(a.point[0], a.point[1]) end as point`

/** Streets whose key begins with the typed one, or is much like it (trigrams), the nearest first. */
export async function findStreets(ctx: Ctx, typed: string, limit: number): Promise<{ id: string; name: string }[]> {
  const key = streetKey(typed)
  return many(
    ctx.db,
    sql<{ id: string; name: string }>`
      select id, name from addresses_street
      where key like ${`${key}%`} or key % ${key}
      order by lower(name) = lower(${typed.trim()}) desc, key = ${key} desc, key like ${`${key}%`} desc, similarity(key, ${key}) desc, name
      limit ${limit}`,
  )
}

/** One entry a street and postcode, in the order of the ids. */
export async function streetCompletions(ctx: Ctx, streets: readonly string[], limit: number): Promise<Completion[]> {
  return many(
    ctx.db,
    sql<Completion>`
      select s.name as label, s.name as street, null as "houseNumber", a.postcode, s.place
      from unnest(${[...streets]}::uuid[]) with ordinality as wanted (id, rank)
      join addresses_street s on s.id = wanted.id
      join lateral (select postcode from addresses_address where street_id = s.id order by number limit 1) a on true
      order by wanted.rank limit ${limit}`,
  )
}

export async function houseCompletions(
  ctx: Ctx,
  streets: readonly string[],
  houseNumber: string,
  postcode: string | null,
  limit: number,
): Promise<Completion[]> {
  return many(
    ctx.db,
    sql<Completion>`
      select s.name || ' ' || a.number || a.suffix as label, s.name as street, a.number || a.suffix as "houseNumber", a.postcode, s.place
      from unnest(${[...streets]}::uuid[]) with ordinality as wanted (id, rank)
      join addresses_street s on s.id = wanted.id
      join addresses_address a on a.street_id = s.id
      where a.number || a.suffix like ${`${houseNumber}%`} and (${postcode}::text is null or a.postcode = ${postcode})
      order by wanted.rank, a.number, a.suffix limit ${limit}`,
  )
}

export async function findHouse(
  ctx: Ctx,
  named: { street: string; number: number; suffix: string; postcode: string | null },
): Promise<Address | null> {
  return maybe(
    ctx.db,
    sql<Address>`
      select ${ADDRESS} from addresses_address a join addresses_street s on s.id = a.street_id
      where s.key = ${streetKey(named.street)} and a.number = ${named.number} and a.suffix = ${named.suffix}
        and (${named.postcode}::text is null or a.postcode = ${named.postcode})
      order by lower(s.name) = lower(${named.street}) desc, a.id limit 1`,
  )
}

export async function addressRow(ctx: Ctx, id: string): Promise<Address | null> {
  return maybe(
    ctx.db,
    sql<Address>`select ${ADDRESS} from addresses_address a join addresses_street s on s.id = a.street_id where a.id::text = ${id}`,
  )
}

export async function addressRows(ctx: Ctx, ids: readonly string[]): Promise<Address[]> {
  return many(
    ctx.db,
    sql<Address>`
      select ${ADDRESS} from addresses_address a join addresses_street s on s.id = a.street_id
      where a.id = any(${[...ids]}::uuid[]) order by s.name, a.number, a.suffix`,
  )
}

/** The whole list. */
export async function allAddresses(ctx: Ctx): Promise<Address[]> {
  return many(
    ctx.db,
    sql<Address>`
      select ${ADDRESS} from addresses_address a join addresses_street s on s.id = a.street_id
      order by s.name, a.number, a.suffix, a.postcode`,
  )
}

/** Houses in the rectangle around an area, in degrees. */
export async function addressesInBox(ctx: Ctx, [west, south, east, north]: readonly number[]): Promise<Address[]> {
  return many(
    ctx.db,
    sql<Address>`
      select ${ADDRESS} from addresses_address a join addresses_street s on s.id = a.street_id
      where a.point <@ box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8))
      order by s.name, a.number, a.suffix`,
  )
}

/** Every house of a street, however its name is spelt. */
export async function housesOfStreet(ctx: Ctx, street: string): Promise<Address[]> {
  return many(
    ctx.db,
    sql<Address>`
      select ${ADDRESS} from addresses_address a join addresses_street s on s.id = a.street_id
      where s.key = ${streetKey(street)} order by a.number, a.suffix`,
  )
}

export async function allDistricts(ctx: Ctx): Promise<District[]> {
  return many(
    ctx.db,
    sql<District>`select id, number, name, area from addresses_district order by number nulls last, name`,
  )
}

export async function saveDistrict(ctx: Ctx, district: Omit<District, 'area'> & { area: unknown }): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into addresses_district (id, number, name, area)
      values (${district.id}, ${district.number}, ${district.name}, ${json(district.area as Polygon)})
      on conflict (id) do update set number = excluded.number, name = excluded.name, area = excluded.area`,
  )
}

/** A house to be written; `id` where it has one already (the demo city's). */
export type NewAddress = ListedAddress & { readonly id?: string; readonly districtId: string | null }

/**
 * Adds houses and their streets, or brings those that are known up to date. One `insert … select from unnest` for 5,000:
 * the demo city's 20,000 take about 0.5 s.
 */
export async function saveAddresses(
  ctx: Ctx,
  addresses: readonly NewAddress[],
  progress: (done: number) => void = () => undefined,
): Promise<void> {
  for (let from = 0; from < addresses.length; from += CHUNK) {
    const rows = addresses.slice(from, from + CHUNK)
    const streets = [...new Map(rows.map((row) => [`${row.street}\n${row.place}`, row])).values()]
    await exec(
      ctx.db,
      sql`insert into addresses_street (id, name, place, key)
        select * from unnest(${streets.map(() => newId())}::uuid[], ${streets.map((row) => row.street)}::text[],
          ${streets.map((row) => row.place)}::text[], ${streets.map((row) => streetKey(row.street))}::text[])
        on conflict (name, place) do update set key = excluded.key`,
    )
    const houses = [
      ...new Map(
        rows.map((row) => [`${row.street}\n${row.place}\n${row.number}\n${row.suffix}\n${row.postcode}`, row]),
      ).values(),
    ]
    await exec(
      ctx.db,
      sql`insert into addresses_address (id, street_id, number, suffix, postcode, district_id, point)
        select house.id, s.id, house.number, house.suffix, house.postcode, house.district_id,
          case when house.lon is null then null else point(house.lon, house.lat) end
        from unnest(${houses.map((row) => row.id ?? newId())}::uuid[], ${houses.map((row) => row.street)}::text[],
          ${houses.map((row) => row.place)}::text[], ${houses.map((row) => row.number)}::int[], ${houses.map((row) => row.suffix)}::text[],
          ${houses.map((row) => row.postcode)}::text[], ${houses.map((row) => row.districtId)}::text[],
          ${houses.map((row) => row.point?.[0] ?? null)}::float8[], ${houses.map((row) => row.point?.[1] ?? null)}::float8[])
          as house (id, street, place, number, suffix, postcode, district_id, lon, lat)
        join addresses_street s on s.name = house.street and s.place = house.place
        on conflict (street_id, number, suffix, postcode)
          do update set district_id = excluded.district_id, point = coalesce(excluded.point, addresses_address.point)`,
    )
    progress(from + rows.length)
  }
}

/** Where most streets of the list are; null for an empty list. */
export async function usualPlace(ctx: Ctx): Promise<string | null> {
  const row = await maybe(
    ctx.db,
    sql<{ place: string }>`select place from addresses_street group by place order by count(*) desc limit 1`,
  )
  return row?.place ?? null
}

export async function countAddresses(ctx: Ctx): Promise<{ streets: number; addresses: number }> {
  const row = await maybe(
    ctx.db,
    sql<{ streets: number; addresses: number }>`
      select (select count(*) from addresses_street) as streets, (select count(*) from addresses_address) as addresses`,
  )
  return row!
}
