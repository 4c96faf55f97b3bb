import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'

export type OnlineState = 'starting' | 'started' | 'paid' | 'failed' | 'cancelled'

/** One attempt to pay online. */
export interface OnlineRow {
  readonly id: string
  readonly payment: string
  readonly cents: number
  readonly providerId: string | null
  readonly redirectUrl: string | null
  readonly state: OnlineState
  readonly problem: string | null
  readonly createdAt: Temporal.Instant
  readonly checkedAt: Temporal.Instant | null
}

const columns =
  sql.raw(`o.id, o.payment, o.cents, o.provider_id as "providerId", o.redirect_url as "redirectUrl", o.state, o.problem,
  o.created_at as "createdAt", o.checked_at as "checkedAt"`)

/** Before the payment service is called: if the program dies during the call, it is known that there was one. */
export async function insertOnline(ctx: Ctx, payment: string, cents: number): Promise<string> {
  const id = newId()
  await exec(
    ctx.db,
    sql`insert into payments_online (id, payment, cents, state, created_at)
      values (${id}, ${payment}, ${cents}, 'starting', ${ctx.clock.now()})`,
  )
  return id
}

export async function markStarted(ctx: Ctx, id: string, providerId: string, redirectUrl: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_online set state = 'started', provider_id = ${providerId}, redirect_url = ${redirectUrl}
      where id = ${id} and state = 'starting'`,
  )
}

export async function markFinished(
  ctx: Ctx,
  id: string,
  state: 'paid' | 'failed' | 'cancelled',
  problem: string | null,
): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_online set state = ${state}, problem = ${problem}, checked_at = ${ctx.clock.now()}, finished_at = ${ctx.clock.now()}
      where id = ${id}`,
  )
}

export async function markChecked(ctx: Ctx, id: string, problem: string | null): Promise<void> {
  await exec(
    ctx.db,
    sql`update payments_online set checked_at = ${ctx.clock.now()}, problem = ${problem} where id = ${id}`,
  )
}

export const lockOnline = (ctx: Ctx, id: string): Promise<OnlineRow | null> =>
  maybe(ctx.db, sql<OnlineRow>`select ${columns} from payments_online o where o.id = ${id} for update`)

export const findOnline = (ctx: Ctx, id: string): Promise<OnlineRow | null> =>
  maybe(ctx.db, sql<OnlineRow>`select ${columns} from payments_online o where o.id = ${id}`)

export const onlineByProviderId = (ctx: Ctx, providerId: string): Promise<OnlineRow | null> =>
  maybe(ctx.db, sql<OnlineRow>`select ${columns} from payments_online o where o.provider_id = ${providerId}`)

export const onlinesOf = (ctx: Ctx, payment: string): Promise<OnlineRow[]> =>
  many(
    ctx.db,
    sql<OnlineRow>`select ${columns} from payments_online o where o.payment = ${payment} order by o.created_at desc, o.id desc`,
  )

/** The payment that a refund through the service takes back: the last that was paid there. */
export const paidOnline = (ctx: Ctx, payment: string): Promise<OnlineRow | null> =>
  maybe(
    ctx.db,
    sql<OnlineRow>`select ${columns} from payments_online o where o.payment = ${payment} and o.state = 'paid'
      order by o.finished_at desc limit 1`,
  )

/** Unfinished attempts that are due to be looked at: each minute in the first hour, then each hour. */
export const unfinishedOnlines = (ctx: Ctx, limit: number): Promise<OnlineRow[]> => {
  const now = ctx.clock.now()
  return many(
    ctx.db,
    sql<OnlineRow>`select ${columns} from payments_online o
      where o.state in ('starting', 'started')
        and (o.created_at > ${now.subtract({ hours: 1 })} or o.checked_at is null or o.checked_at < ${now.subtract({ hours: 1 })})
      order by o.checked_at nulls first, o.id limit ${limit}`,
  )
}

/** @returns false where the notification came before */
export async function rememberNotification(ctx: Ctx, id: string): Promise<boolean> {
  const count = await exec(
    ctx.db,
    sql`insert into payments_notification (id, at) values (${id}, ${ctx.clock.now()}) on conflict (id) do nothing`,
  )
  return count === 1
}
