import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'

export interface SeedAccount {
  readonly id: string
  readonly kind: 'citizen' | 'staff'
  readonly name: string
  readonly email: string
  readonly locale: string
  readonly unitId: string | null
  readonly createdAt: string
}

/** Many accounts at once, all with the same password hash: for demo data only. */
export async function insertAccounts(ctx: Ctx, accounts: readonly SeedAccount[], passwordHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into accounts_account (id, kind, name, email, password_hash, password_changed_at, locale, unit_id, created_at, confirmed_at)
      select id, kind, name, email, ${passwordHash}, "createdAt", locale, "unitId", "createdAt", "createdAt"
      from jsonb_to_recordset(${json(accounts)}) as a (id uuid, kind text, name text, email text, locale text, "unitId" text,
        "createdAt" timestamptz)`,
  )
}

export async function insertAssignments(
  ctx: Ctx,
  rows: readonly { accountId: string; roleId: string; unitId: string }[],
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into accounts_assignment (account_id, role_id, unit_id, created_at)
      select "accountId", "roleId", "unitId", ${ctx.clock.now()}
      from jsonb_to_recordset(${json(rows)}) as a ("accountId" uuid, "roleId" text, "unitId" text)`,
  )
}

export interface SeedSafe {
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  readonly telephone: string
  readonly vehicles: readonly { readonly plate: string; readonly description: string }[]
}

export async function insertSafes(ctx: Ctx, people: readonly SeedSafe[]): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into accounts_safe (account_id, given_name, family_name, birth_date, street, house_number, postcode, place,
        telephone, changed_at)
      select id, "givenName", "familyName", "birthDate", street, "houseNumber", postcode, place, telephone, ${ctx.clock.now()}
      from jsonb_to_recordset(${json(people)}) as p (id uuid, "givenName" text, "familyName" text, "birthDate" date,
        street text, "houseNumber" text, postcode text, place text, telephone text)`,
  )
  const vehicles = people.flatMap((person) =>
    person.vehicles.map(({ plate, description }, position) => ({ accountId: person.id, plate, description, position })),
  )
  await exec(
    ctx.db,
    sql`insert into accounts_vehicle (account_id, plate, description, position)
      select "accountId", plate, description, position
      from jsonb_to_recordset(${json(vehicles)}) as v ("accountId" uuid, plate text, description text, position int)
      on conflict do nothing`,
  )
}

export interface SeedReading {
  readonly id: string
  readonly accountId: string
  readonly readerId: string | null
  readonly unitId: string | null
  readonly purpose: LocalizedText
  readonly readAt: string
}

export async function insertReadings(ctx: Ctx, rows: readonly SeedReading[]): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into accounts_safe_reading (id, account_id, reader_id, unit_id, purpose, read_at)
      select id, "accountId", "readerId", "unitId", purpose, "readAt"
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, "accountId" uuid, "readerId" uuid, "unitId" text, purpose jsonb,
        "readAt" timestamptz)`,
  )
}
