import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { hashToken, newToken } from '../domain/token.ts'

export type LinkPurpose = 'register' | 'invite' | 'reset-password' | 'change-mail'

/** How long the link in a mail works, in hours. */
export const LINK_HOURS: Record<LinkPurpose, number> = {
  register: 24,
  invite: 24 * 7,
  'reset-password': 1,
  'change-mail': 24,
}

export interface LinkToken {
  readonly id: string
  readonly accountId: string | null
  readonly email: string | null
  readonly locale: Locale
  readonly next: string | null
}

/** Makes a key that works once, for one purpose; returns it with the row's id. */
export async function issueLink(
  ctx: Ctx,
  link: { purpose: LinkPurpose; accountId?: string; email?: string; locale: Locale; next?: string | null },
): Promise<{ id: string; token: string }> {
  const token = newToken()
  const now = ctx.clock.now()
  const id = newId(now.epochMilliseconds)
  await exec(
    ctx.db,
    sql`insert into accounts_token (id, token_hash, purpose, account_id, email, locale, next, created_at, expires_at)
      values (${id}, ${hashToken(token)}, ${link.purpose}, ${link.accountId ?? null}, ${link.email ?? null},
        ${link.locale}, ${link.next ?? null}, ${now}, ${now.add({ hours: LINK_HOURS[link.purpose] })})`,
  )
  return { id, token }
}

const columns = sql`id, account_id as "accountId", email, locale, next`
const usable = (ctx: Ctx, purpose: LinkPurpose, token: string) =>
  sql`token_hash = ${hashToken(token)} and purpose = ${purpose} and used_at is null and expires_at > ${ctx.clock.now()}`

/** The link behind a token, without using it up: for showing the page. */
export const findLink = (ctx: Ctx, purpose: LinkPurpose, token: string): Promise<LinkToken | null> =>
  maybe(ctx.db, sql<LinkToken>`select ${columns} from accounts_token where ${usable(ctx, purpose, token)}`)

/** Uses the token up; of two requests at once only one gets it. */
export const consumeLink = (ctx: Ctx, purpose: LinkPurpose, token: string): Promise<LinkToken | null> =>
  maybe(
    ctx.db,
    sql<LinkToken>`update accounts_token set used_at = ${ctx.clock.now()} where ${usable(ctx, purpose, token)}
      returning ${columns}`,
  )

/** Makes all other links of that purpose worthless: after a reset, older mails open nothing. */
export async function revokeLinks(ctx: Ctx, accountId: string, purposes: readonly LinkPurpose[]): Promise<void> {
  await exec(
    ctx.db,
    sql`update accounts_token set used_at = ${ctx.clock.now()}
      where account_id = ${accountId} and used_at is null and purpose = any(${[...purposes]}::text[])`,
  )
}

export interface NewApiToken {
  readonly accountId: string
  readonly label: string
  readonly hours: number
  /** Permissions that it is good for; null: all of the account. */
  readonly scope: readonly string[] | null
}

export async function issueApiToken(ctx: Ctx, wanted: NewApiToken): Promise<string> {
  const token = newToken()
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`insert into accounts_token (id, token_hash, purpose, account_id, scope, label, created_at, expires_at)
      values (${newId(now.epochMilliseconds)}, ${hashToken(token)}, 'api', ${wanted.accountId},
        ${wanted.scope === null ? null : [...wanted.scope]}::text[], ${wanted.label}, ${now}, ${now.add({ hours: wanted.hours })})`,
  )
  return token
}

export interface ApiTokenInfo {
  readonly id: string
  readonly label: string
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
}

export const apiTokens = (ctx: Ctx, accountId: string): Promise<ApiTokenInfo[]> =>
  many(
    ctx.db,
    sql<ApiTokenInfo>`select id, label, created_at as "createdAt", expires_at as "expiresAt" from accounts_token
      where account_id = ${accountId} and purpose = 'api' and used_at is null and expires_at > ${ctx.clock.now()}
      order by created_at desc, id limit 100`,
  )

/** Revokes one API token of the account, or all where no id is given. */
export const revokeApiTokens = (ctx: Ctx, accountId: string, id?: string): Promise<number> =>
  exec(
    ctx.db,
    sql`update accounts_token set used_at = ${ctx.clock.now()}
      where account_id = ${accountId} and purpose = 'api' and used_at is null and (${id ?? null}::uuid is null or id = ${id ?? null})`,
  )

/** Deletes keys that were used or ran out a week ago. */
export const deleteOldTokens = (ctx: Ctx): Promise<number> =>
  exec(
    ctx.db,
    sql`delete from accounts_token where coalesce(used_at, expires_at) < ${ctx.clock.now().subtract({ hours: 24 * 7 })}`,
  )
