import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { Account, AccountKind } from '../domain/account.ts'
import { sessionEnd, TOUCH_AFTER_SECONDS } from '../domain/session-rules.ts'
import { hashToken, newToken } from '../domain/token.ts'

/** Permission → units in which it holds, as the database puts it together. */
export type Permissions = Readonly<Record<string, readonly string[]>>

/** Who is behind a session or a bearer token, in one query: also what they may do, spread over the units below. */
export interface Bearer extends Account {
  readonly permissions: Permissions | null
}

interface SessionRow extends Bearer {
  readonly sessionId: string
  readonly createdAt: Temporal.Instant
  readonly lastSeenAt: Temporal.Instant
}

/** Each permission with all units in which the account holds it. One pass over the few assignments of one person. */
const permissionsOf = sql`case when a.kind = 'staff' then (
  select jsonb_object_agg(p.permission, p.units) from (
    select held.permission, jsonb_agg(distinct below.id) as units
    from accounts_assignment s
    join accounts_role r on r.id = s.role_id
    join accounts_unit u on u.id = s.unit_id
    join accounts_unit below on below.path <@ u.path
    cross join lateral unnest(r.permissions) as held (permission)
    where s.account_id = a.id group by held.permission) p) end as permissions`

/** Starts a session with a token of its own, so that none that was known before signing in is ever raised (session fixation). */
export async function startSession(
  ctx: Ctx,
  account: { id: string; kind: AccountKind },
  device: string,
): Promise<string> {
  const token = newToken()
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`insert into accounts_session (id, token_hash, account_id, created_at, last_seen_at, expires_at, device)
      values (${newId(now.epochMilliseconds)}, ${hashToken(token)}, ${account.id}, ${now}, ${now},
        ${sessionEnd(account.kind, now, now)}, ${device})`,
  )
  return token
}

/** Who holds the token of a running session; null where it has ended, run out, or its account is disabled. */
export async function sessionBearer(ctx: Ctx, token: string): Promise<Bearer | null> {
  const now = ctx.clock.now()
  const row = await maybe(
    ctx.db,
    sql<SessionRow>`select a.id, a.kind, a.name, a.email, a.locale, ${permissionsOf},
        s.id as "sessionId", s.created_at as "createdAt", s.last_seen_at as "lastSeenAt"
      from accounts_session s join accounts_account a on a.id = s.account_id
      where s.token_hash = ${hashToken(token)} and s.ended_at is null and s.expires_at > ${now}
        and a.disabled_at is null`,
  )
  if (row === null) return null
  if (now.since(row.lastSeenAt).total('seconds') >= TOUCH_AFTER_SECONDS) await touch(ctx, row, now)
  return row
}

async function touch(ctx: Ctx, row: SessionRow, now: Temporal.Instant): Promise<void> {
  await exec(
    ctx.db,
    sql`update accounts_session set last_seen_at = ${now}, expires_at = ${sessionEnd(row.kind, row.createdAt, now)}
      where id = ${row.sessionId} and ended_at is null and last_seen_at < ${now}`,
  )
}

/** Who holds an API token that has not run out and was not revoked; its scope narrows the permissions. */
export async function tokenBearer(ctx: Ctx, token: string): Promise<Bearer | null> {
  const row = await maybe(
    ctx.db,
    sql<Bearer & { scope: string[] | null }>`select a.id, a.kind, a.name, a.email, a.locale, ${permissionsOf}, t.scope
      from accounts_token t join accounts_account a on a.id = t.account_id
      where t.token_hash = ${hashToken(token)} and t.purpose = 'api' and t.used_at is null
        and t.expires_at > ${ctx.clock.now()} and a.disabled_at is null`,
  )
  if (row === null || row.scope === null) return row
  const { scope } = row
  const kept = Object.entries(row.permissions ?? {}).filter(([permission]) => scope.includes(permission))
  return { ...row, permissions: Object.fromEntries(kept) }
}

export interface SessionInfo {
  readonly id: string
  readonly device: string
  readonly createdAt: Temporal.Instant
  readonly lastSeenAt: Temporal.Instant
  readonly current: boolean
}

/** Running sessions of an account, the latest first; `token` says which is the one that asks. */
export const runningSessions = (ctx: Ctx, accountId: string, token: string | undefined): Promise<SessionInfo[]> =>
  many(
    ctx.db,
    sql<SessionInfo>`select id, device, created_at as "createdAt", last_seen_at as "lastSeenAt",
        token_hash = ${hashToken(token ?? '')} as current
      from accounts_session where account_id = ${accountId} and ended_at is null and expires_at > ${ctx.clock.now()}
      order by current desc, last_seen_at desc, id limit 100`,
  )

export async function endSessionOfToken(ctx: Ctx, token: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update accounts_session set ended_at = ${ctx.clock.now()}
      where token_hash = ${hashToken(token)} and ended_at is null`,
  )
}

/** Ends one session of that account; false where it is not theirs or has ended. */
export async function endSession(ctx: Ctx, accountId: string, sessionId: string): Promise<boolean> {
  const ended = await exec(
    ctx.db,
    sql`update accounts_session set ended_at = ${ctx.clock.now()}
      where id = ${sessionId} and account_id = ${accountId} and ended_at is null`,
  )
  return ended === 1
}

/** Ends all sessions of the account, except the one with this token. */
export async function endSessions(ctx: Ctx, accountId: string, exceptToken?: string): Promise<number> {
  return exec(
    ctx.db,
    sql`update accounts_session set ended_at = ${ctx.clock.now()}
      where account_id = ${accountId} and ended_at is null and token_hash <> ${hashToken(exceptToken ?? '')}`,
  )
}

/** Deletes sessions that ended or ran out a week ago. */
export const deleteOldSessions = (ctx: Ctx): Promise<number> =>
  exec(
    ctx.db,
    sql`delete from accounts_session where coalesce(ended_at, expires_at) < ${ctx.clock.now().subtract({ hours: 24 * 7 })}`,
  )
