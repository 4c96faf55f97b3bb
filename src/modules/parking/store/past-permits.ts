import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'
import type { Permit } from '../domain/permit.ts'
import { plateKey } from '../domain/plate-key.ts'
import type { NewPermit } from './permits.ts'

/** Permits as they stand, in one statement; for demo data. */
export async function insertPastPermits(
  ctx: Ctx,
  permits: readonly (NewPermit & Pick<Permit, 'endedOn'>)[],
): Promise<void> {
  const column = <T>(of: (permit: NewPermit & Pick<Permit, 'endedOn'>) => T) => permits.map(of)
  await exec(
    ctx.db,
    sql`insert into parking_permit (id, line, replaces, number, unit, zone, plate, plate_key, during, state, given_name, family_name,
        birth_date, street, house_number, postcode, place, account_id, email, locale, case_id, created_at, issued_at, ended_on, check_hash)
      select id, line, replaces, number, unit, zone, plate, plate_key, daterange(from_day, until_day), state, given_name, family_name,
        birth_date, street, house_number, postcode, place, account_id, email, locale, case_id, issued_at, issued_at, ended_on, check_hash
      from unnest(${column((p) => p.id)}::uuid[], ${column((p) => p.line)}::uuid[], ${column((p) => p.replaces)}::uuid[],
        ${column((p) => p.number)}::text[], ${column((p) => p.unit)}::text[], ${column((p) => p.zone)}::text[],
        ${column((p) => p.plate)}::text[], ${column((p) => plateKey(p.plate))}::text[], ${column((p) => p.from)}::date[],
        ${column((p) => p.until)}::date[], ${column((p) => p.state)}::text[], ${column((p) => p.givenName)}::text[],
        ${column((p) => p.familyName)}::text[], ${column((p) => p.birthDate)}::date[], ${column((p) => p.street)}::text[],
        ${column((p) => p.houseNumber)}::text[], ${column((p) => p.postcode)}::text[], ${column((p) => p.place)}::text[],
        ${column((p) => p.accountId)}::uuid[], ${column((p) => p.email)}::text[], ${column((p) => p.locale)}::text[],
        ${column((p) => p.caseId)}::uuid[],
        ${column((p) => p.issuedAt)}::timestamptz[], ${column((p) => p.endedOn)}::date[], ${column((p) => p.checkHash)}::text[])
        as t (id, line, replaces, number, unit, zone, plate, plate_key, from_day, until_day, state, given_name, family_name, birth_date,
          street, house_number, postcode, place, account_id, email, locale, case_id, issued_at, ended_on, check_hash)`,
  )
}
