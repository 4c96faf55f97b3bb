import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'
import type { Device } from '../domain/device.ts'
import { hashSecret, type Purpose } from '../domain/secret.ts'

/** A device as it is looked at ten times a second is written down once a minute. */
const SEEN_SECONDS = 60
const REFUSED_MINUTES = 60

export interface Known extends Device {
  /** Neither ended, nor run out, nor is the device withdrawn. */
  readonly works: boolean
}

export const knownBy = (ctx: Ctx, purpose: Purpose, secret: string): Promise<Known | null> =>
  maybe(
    ctx.db,
    sql<Known>`select d.id, d.name, d.office, d.kind,
        c.ended_at is null and d.withdrawn_at is null and (c.expires_at is null or c.expires_at > ${ctx.clock.now()}) as works
      from devices_credential c join devices_device d on d.id = c.device
      where c.secret_hash = ${hashSecret(secret)} and c.purpose = ${purpose}`,
  )

export async function markSeen(ctx: Ctx, device: string): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`update devices_device set last_seen_at = ${now}
      where id = ${device} and (last_seen_at is null or last_seen_at < ${now.subtract({ seconds: SEEN_SECONDS })})`,
  )
}

/** Whether it is worth an entry: the first refusal of an hour is. */
export async function markRefused(ctx: Ctx, device: string): Promise<boolean> {
  const now = ctx.clock.now()
  const marked = await exec(
    ctx.db,
    sql`update devices_device set last_refused_at = ${now} where id = ${device}
      and (last_refused_at is null or last_refused_at < ${now.subtract({ minutes: REFUSED_MINUTES })})`,
  )
  return marked === 1
}

export interface NewCredential {
  readonly id: string
  readonly device: string
  readonly purpose: Purpose
  readonly secret: string
  readonly expiresAt: Temporal.Instant | null
}

/** False where the id is there already: a form that was sent twice. */
export const insertCredential = async (ctx: Ctx, credential: NewCredential): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`insert into devices_credential (id, device, purpose, secret_hash, issued_at, expires_at)
      values (${credential.id}, ${credential.device}, ${credential.purpose}, ${hashSecret(credential.secret)},
        ${ctx.clock.now()}, ${credential.expiresAt})
      on conflict (id) do nothing`,
  )) === 1

/** All of these purposes but one that was just issued. */
export const endCredentials = (
  ctx: Ctx,
  device: string,
  purposes: readonly Purpose[],
  but: string | null = null,
): Promise<number> =>
  exec(
    ctx.db,
    sql`update devices_credential set ended_at = ${ctx.clock.now()}
      where device = ${device} and purpose = any(${[...purposes]}::text[]) and ended_at is null
        and id is distinct from ${but}::uuid`,
  )

/** Uses a link up; of two browsers at once only one gets the device's id. */
export async function useLink(ctx: Ctx, secret: string): Promise<string | null> {
  const now = ctx.clock.now()
  const used = await maybe(
    ctx.db,
    sql<{ device: string }>`update devices_credential c set ended_at = ${now} from devices_device d
      where c.secret_hash = ${hashSecret(secret)} and c.purpose = 'set-up' and c.ended_at is null and c.expires_at > ${now}
        and d.id = c.device and d.withdrawn_at is null
      returning c.device`,
  )
  return used?.device ?? null
}
