import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { today } from '#platform/time/clock.ts'
import type { Period } from '../domain/period.ts'
import type { Permit, PermitState } from '../domain/permit.ts'
import { plateKey } from '../domain/plate-key.ts'

const PERMIT = sql`p.id, p.line, p.replaces, p.number, p.unit, p.zone, z.name as "zoneName", p.plate,
  lower(p.during) as "from", upper(p.during) as until, p.state, p.given_name as "givenName", p.family_name as "familyName",
  p.birth_date as "birthDate", p.street, p.house_number as "houseNumber", p.postcode, p.place, p.account_id as "accountId",
  p.email, p.locale, p.case_id as "caseId", p.issued_at as "issuedAt", p.ended_on as "endedOn", p.file_id as "fileId"`

const FROM = sql`parking_permit p join parking_zone z on z.letter = p.zone`

export type NewPermit = Omit<Permit, 'zoneName' | 'endedOn'> & { readonly checkHash: string | null }

/** @throws where another permit holds plate, zone and time: see `isTaken` */
export async function insertPermit(ctx: Ctx, permit: NewPermit): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into parking_permit (id, line, replaces, number, unit, zone, plate, plate_key, during, state, given_name, family_name,
        birth_date, street, house_number, postcode, place, account_id, email, locale, case_id, created_at, issued_at, check_hash, file_id)
      values (${permit.id}, ${permit.line}, ${permit.replaces}, ${permit.number}, ${permit.unit}, ${permit.zone}, ${permit.plate},
        ${plateKey(permit.plate)}, daterange(${permit.from}::date, ${permit.until}::date), ${permit.state}, ${permit.givenName},
        ${permit.familyName}, ${permit.birthDate}, ${permit.street}, ${permit.houseNumber}, ${permit.postcode}, ${permit.place},
        ${permit.accountId}, ${permit.email}, ${permit.locale}, ${permit.caseId}, ${ctx.clock.now()}, ${permit.issuedAt},
        ${permit.checkHash}, ${permit.fileId})`,
  )
}

/** Whether the database refused a permit because another one holds plate, zone and time (SQLSTATE 23P01). */
export function isTaken(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string }
  return code === '23P01' && constraint === 'parking_permit_once'
}

export async function permitById(ctx: Ctx, id: string): Promise<Permit | null> {
  return maybe(ctx.db, sql<Permit>`select ${PERMIT} from ${FROM} where p.id::text = ${id}`)
}

/** For who holds number and code of the case: the permits that came of it. */
export async function permitBehindCase(ctx: Ctx, caseId: string, id: string): Promise<Permit | null> {
  return maybe(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.id::text = ${id} and p.case_id = ${caseId}::uuid and p.state <> 'reserved'`,
  )
}

/** A valid permit of somebody without an account, for the tests that look at every page. */
export async function exampleWithoutAccount(ctx: Ctx): Promise<Permit | null> {
  return maybe(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.state = 'valid' and p.account_id is null and p.case_id is not null
      and p.during @> ${today(ctx.clock)}::date order by p.id limit 1`,
  )
}

/** For staff: only where they may manage permits of its unit. */
export async function managedPermit(ctx: Ctx, id: string): Promise<Permit | null> {
  return maybe(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.id::text = ${id} and ${permittedIn(ctx, 'parking.manage', 'p.unit')}`,
  )
}

export async function ownPermit(ctx: Ctx, id: string): Promise<Permit | null> {
  return maybe(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.id::text = ${id} and p.account_id = ${ctx.account?.id ?? null}::uuid`,
  )
}

export async function permitsOfAccount(ctx: Ctx, accountId: string): Promise<Permit[]> {
  return many(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.account_id = ${accountId}::uuid and p.state <> 'reserved'
      order by (p.state = 'valid') desc, p.during desc, p.id desc limit 100`,
  )
}

export async function permitsOfPlate(ctx: Ctx, typed: string): Promise<Permit[]> {
  return many(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.plate_key = ${plateKey(typed)} order by p.during desc, p.id desc limit 50`,
  )
}

export async function permitByNumber(ctx: Ctx, number: string): Promise<Permit | null> {
  return maybe(ctx.db, sql<Permit>`select ${PERMIT} from ${FROM} where p.number = ${number}`)
}

export async function permitByCheckHash(ctx: Ctx, hash: string): Promise<Permit | null> {
  return maybe(ctx.db, sql<Permit>`select ${PERMIT} from ${FROM} where p.check_hash = ${hash}`)
}

export async function reservationOf(ctx: Ctx, caseId: string): Promise<Permit | null> {
  return maybe(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.case_id = ${caseId}::uuid and p.replaces is null`,
  )
}

/** What a case led to: its permit, or the one that took that one's place. */
export async function permitOfCase(ctx: Ctx, caseId: string): Promise<Permit | null> {
  return maybe(
    ctx.db,
    sql<Permit>`select ${PERMIT} from ${FROM} where p.case_id = ${caseId}::uuid and p.state <> 'reserved'
      order by (p.state = 'valid') desc, p.id desc limit 1`,
  )
}

/** Reserved or valid permits of a plate or of a person (name and birth date) that touch the period, other than the case's own. */
export async function standingInTheWay(
  ctx: Ctx,
  wish: Period & {
    plate: string
    givenName: string
    familyName: string
    birthDate: Temporal.PlainDate | null
    caseId: string
  },
): Promise<{ ofPlate: Permit[]; ofPerson: Permit[] }> {
  const rows = await many(
    ctx.db,
    sql<Permit & { samePerson: boolean; samePlate: boolean }>`
      select ${PERMIT}, p.plate = ${wish.plate} as "samePlate",
        (p.birth_date = ${wish.birthDate} and lower(p.family_name) = lower(${wish.familyName})
          and lower(p.given_name) = lower(${wish.givenName})) as "samePerson"
      from ${FROM}
      where p.state in ('reserved', 'valid') and p.during && daterange(${wish.from}::date, ${wish.until}::date)
        and p.case_id is distinct from ${wish.caseId}::uuid
        and (p.plate_key = ${plateKey(wish.plate)} or (p.birth_date = ${wish.birthDate} and lower(p.family_name) = lower(${wish.familyName})))`,
  )
  return { ofPlate: rows.filter((row) => row.samePlate), ofPerson: rows.filter((row) => row.samePerson) }
}

export interface Issued {
  readonly number: string
  readonly checkHash: string
  readonly fileId: string
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate
}

/** Turns a reservation into a valid permit. */
export async function issueReserved(ctx: Ctx, id: string, issued: Issued): Promise<void> {
  const rows = await exec(
    ctx.db,
    sql`update parking_permit set state = 'valid', number = ${issued.number}, check_hash = ${issued.checkHash}, file_id = ${issued.fileId},
        issued_at = ${ctx.clock.now()}, during = daterange(${issued.from}::date, ${issued.until}::date)
      where id = ${id}::uuid and state = 'reserved'`,
  )
  if (rows !== 1) throw new Error('the reservation is gone')
}

/** Ends a valid permit; false where it is valid no more (somebody else was faster). */
export async function endPermit(
  ctx: Ctx,
  id: string,
  state: Exclude<PermitState, 'reserved' | 'valid'>,
  on: Temporal.PlainDate,
): Promise<boolean> {
  const rows = await exec(
    ctx.db,
    sql`update parking_permit set state = ${state}, ended_on = ${on} where id = ${id}::uuid and state = 'valid'`,
  )
  return rows === 1
}

export async function moveWithinZone(
  ctx: Ctx,
  id: string,
  address: Pick<Permit, 'street' | 'houseNumber' | 'postcode' | 'place'>,
): Promise<void> {
  await exec(
    ctx.db,
    sql`update parking_permit set street = ${address.street}, house_number = ${address.houseNumber}, postcode = ${address.postcode},
        place = ${address.place} where id = ${id}::uuid and state = 'valid'`,
  )
}

export async function noteReprint(ctx: Ctx, id: string, printed: Pick<Issued, 'checkHash' | 'fileId'>): Promise<void> {
  await exec(
    ctx.db,
    sql`update parking_permit set check_hash = ${printed.checkHash}, file_id = ${printed.fileId} where id = ${id}::uuid`,
  )
}

export async function dropReservation(ctx: Ctx, caseId: string): Promise<number> {
  return exec(ctx.db, sql`delete from parking_permit where case_id = ${caseId}::uuid and state = 'reserved'`)
}

/** Reservations whose case has forgotten them. */
export async function dropStaleReservations(ctx: Ctx, before: Temporal.Instant): Promise<number> {
  return exec(ctx.db, sql`delete from parking_permit where state = 'reserved' and created_at < ${before}`)
}

/** Valid permits that end by that day, nobody was reminded of, and no other permit follows; with an address to write to. */
export async function dueForReminder(
  ctx: Ctx,
  today: Temporal.PlainDate,
  endingBy: Temporal.PlainDate,
  limit: number,
): Promise<Permit[]> {
  return many(
    ctx.db,
    sql<Permit>`
      select ${PERMIT} from ${FROM}
      where p.state = 'valid' and p.reminded_on is null and upper(p.during) > ${today}::date and upper(p.during) <= ${endingBy}::date
        and (p.account_id is not null or p.email is not null)
        and not exists (select 1 from parking_permit n where n.plate = p.plate and n.state in ('reserved', 'valid')
          and upper(n.during) > upper(p.during))
      order by upper(p.during), p.id limit ${limit} for update of p skip locked`,
  )
}

export async function noteReminder(ctx: Ctx, id: string, on: Temporal.PlainDate): Promise<void> {
  await exec(ctx.db, sql`update parking_permit set reminded_on = ${on} where id = ${id}::uuid`)
}

/** Deletes permits that ended, in time or before, longer ago than the retention rule says. */
export async function forgetPermits(ctx: Ctx, endedBefore: Temporal.PlainDate): Promise<number> {
  return exec(
    ctx.db,
    sql`delete from parking_permit where coalesce(ended_on, upper(during)) < ${endedBefore}::date and state <> 'reserved'`,
  )
}

export async function unlinkAccount(ctx: Ctx, accountId: string): Promise<void> {
  await exec(
    ctx.db,
    sql`delete from parking_permit where account_id = ${accountId}::uuid and (state in ('returned', 'replaced', 'lost')
      or upper(during) <= ${ctx.clock.now()}::date)`,
  )
  await exec(
    ctx.db,
    sql`update parking_permit set account_id = null, email = null where account_id = ${accountId}::uuid`,
  )
}

export async function permitsOfLine(ctx: Ctx, line: string): Promise<Permit[]> {
  return many(ctx.db, sql<Permit>`select ${PERMIT} from ${FROM} where p.line = ${line}::uuid order by p.id`)
}

export { PERMIT, FROM as PERMIT_FROM }
