import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { MANAGE, type Document } from '../domain/document.ts'

const columns = sql`d.id, d.office, d.unit, d.title, d.case_number as "caseNumber", d.account, d.name, d.email, d.telephone,
  d.locale, d.state, d.device, d.compartment, d.number, d.code_hash as "codeHash", d.wrong_codes as "wrongCodes",
  d.announced_at as "announcedAt", d.collect_by as "collectBy", d.overdue_at as "overdueAt", d.opened_at as "openedAt",
  d.ended_at as "endedAt"`

type Asking = Pick<Ctx, 'account'>

/** Documents of the units in which the account keeps them. */
const mine = (ctx: Asking) => permittedIn(ctx, MANAGE, 'd.unit')

export const STANDINGS = ['ready', 'deposited', 'open', 'overdue', 'ended'] as const
export type Standing = (typeof STANDINGS)[number]

export interface DocumentFilter {
  readonly office: string | null
  readonly standing: Standing | null
  /** Part of a name, a document's title, the number of a case or the first half of a code. */
  readonly text: string
}

const isWaiting = sql`d.ended_at is null`

function standingIs(standing: Standing | null, today: Temporal.PlainDate) {
  switch (standing) {
    case null:
      return sql`true`
    case 'overdue':
      return sql`${isWaiting} and d.collect_by < ${today}`
    case 'ended':
      return sql`d.ended_at is not null`
    default:
      return sql`d.state = ${standing}`
  }
}

const matching = (ctx: Asking, filter: DocumentFilter, today: Temporal.PlainDate) => {
  const like = `%${filter.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return sql`${mine(ctx)}
    and (${filter.office}::text is null or d.office = ${filter.office})
    and ${standingIs(filter.standing, today)}
    and (${filter.text} = '' or d.name ilike ${like} or d.title ilike ${like} or d.case_number ilike ${like} or d.number = ${filter.text})`
}

/** What waits longest first, then what has ended, the newest first. */
export const documentsIn = (
  ctx: Ctx,
  filter: DocumentFilter,
  today: Temporal.PlainDate,
  page: { offset: number; limit: number },
): Promise<Document[]> =>
  many(
    ctx.db,
    sql<Document>`select ${columns} from pickup_document d where ${matching(ctx, filter, today)}
      order by d.ended_at desc nulls first, d.collect_by, d.id limit ${page.limit} offset ${page.offset}`,
  )

/** How many there are of each standing, with the other filters as they are. */
export async function countsIn(
  ctx: Ctx,
  filter: DocumentFilter,
  today: Temporal.PlainDate,
): Promise<Readonly<Record<Standing | 'all', number>>> {
  const count = (standing: Standing | null) => sql`count(*) filter (where ${standingIs(standing, today)})::int`
  return one(
    ctx.db,
    sql<Record<Standing | 'all', number>>`select ${count(null)} as "all", ${count('ready')} as ready,
      ${count('deposited')} as deposited, ${count('open')} as open, ${count('overdue')} as overdue, ${count('ended')} as ended
      from pickup_document d where ${matching(ctx, { ...filter, standing: null }, today)}`,
  )
}

export const documentForStaff = (ctx: Ctx, id: string): Promise<Document | null> =>
  maybe(ctx.db, sql<Document>`select ${columns} from pickup_document d where d.id = ${id} and ${mine(ctx)}`)

/** For a machine of the house. */
export const documentAt = (ctx: Ctx, office: string, id: string): Promise<Document | null> =>
  maybe(ctx.db, sql<Document>`select ${columns} from pickup_document d where d.id = ${id} and d.office = ${office}`)

/** Of one case, the newest first. */
export const documentsOfCase = (ctx: Ctx, caseNumber: string): Promise<Document[]> =>
  many(
    ctx.db,
    sql<Document>`select ${columns} from pickup_document d
      where d.case_number = ${caseNumber} and ${mine(ctx)} order by d.announced_at desc, d.id`,
  )

/** What is meant for a locker or lies in it. */
export const documentsOfDevice = (ctx: Ctx, device: string): Promise<Document[]> =>
  many(
    ctx.db,
    sql<Document>`select ${columns} from pickup_document d where d.device = ${device} and ${isWaiting}
      order by d.compartment nulls last, d.id`,
  )

export const documentOfNumber = (ctx: Ctx, number: string): Promise<Document | null> =>
  maybe(ctx.db, sql<Document>`select ${columns} from pickup_document d where d.number = ${number}`)

/** Until the transaction ends nobody else changes it. */
export const lockDocument = (ctx: Ctx, id: string): Promise<Document | null> =>
  maybe(ctx.db, sql<Document>`select ${columns} from pickup_document d where d.id = ${id} for update`)

/** False where the id is there already: a form that was sent twice. */
export const insertDocument = async (ctx: Ctx, d: Document): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`insert into pickup_document (id, office, unit, title, case_number, account, name, email, telephone, locale, state, device,
        compartment, number, code_hash, announced_at, collect_by, overdue_at, opened_at, ended_at)
      values (${d.id}, ${d.office}, ${d.unit}, ${d.title}, ${d.caseNumber}, ${d.account}, ${d.name}, ${d.email}, ${d.telephone},
        ${d.locale}, ${d.state}, ${d.device}, ${d.compartment}, ${d.number}, ${bytes(d.codeHash)}, ${d.announcedAt},
        ${d.collectBy}, ${d.overdueAt}, ${d.openedAt}, ${d.endedAt})
      on conflict (id) do nothing`,
  )) === 1

/** Everything that moves change. */
export const saveDocument = (ctx: Ctx, d: Document): Promise<number> =>
  exec(
    ctx.db,
    sql`update pickup_document set state = ${d.state}, device = ${d.device}, compartment = ${d.compartment},
        number = ${d.number}, code_hash = ${bytes(d.codeHash)}, wrong_codes = ${d.wrongCodes}, collect_by = ${d.collectBy},
        overdue_at = ${d.overdueAt}, opened_at = ${d.openedAt}, ended_at = ${d.endedAt}
      where id = ${d.id}`,
  )

const bytes = (hash: Uint8Array | null) => (hash === null ? null : Buffer.from(hash))

/** Counts a guess before it is judged, so that a thousand at once gain nothing; false where there were too many. */
export const countGuess = async (ctx: Ctx, id: string, most: number): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`update pickup_document set wrong_codes = wrong_codes + 1 where id = ${id} and wrong_codes < ${most}`,
  )) === 1

export async function isNumberFree(ctx: Ctx, number: string): Promise<boolean> {
  return (await documentOfNumber(ctx, number)) === null
}

/** Two who fill a locker at once wait for each other; false where something lies in the compartment. */
export async function isCompartmentFree(ctx: Ctx, device: string, compartment: number): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.tenant.id}:pickup:${device}`}, 0))`.execute(ctx.db)
  const taken = await maybe(
    ctx.db,
    sql`select from pickup_document where device = ${device} and compartment = ${compartment} and state in ('deposited', 'open')`,
  )
  return taken === null
}

/** Overdue, and nobody was told yet. */
export const newlyOverdue = (ctx: Ctx, today: Temporal.PlainDate): Promise<{ id: string }[]> =>
  many(
    ctx.db,
    sql<{ id: string }>`select d.id from pickup_document d
      where ${isWaiting} and d.collect_by < ${today} and d.overdue_at is null order by d.office, d.id`,
  )
