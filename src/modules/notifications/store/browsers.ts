import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { isId } from '#platform/http/query.ts'
import type { BrowserKeys } from '#platform/push/encryption.ts'

/** A browser that wants to hear of something. */
export interface Browser extends BrowserKeys {
  readonly id: string
  readonly endpoint: string
}

/** Ids of the browsers that subscribed to each topic; asks nothing where there is none. */
export async function browsersOf(ctx: Ctx, topics: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  if (topics.length === 0) return new Map()
  const rows = await many(
    ctx.db,
    sql<{ topic: string; id: string }>`select topic, id from notifications_browser
      where topic = any(${[...new Set(topics)]}::text[]) and ends_at > ${ctx.clock.now()} order by id`,
  )
  const found = Map.groupBy(rows, ({ topic }) => topic)
  return new Map([...found].map(([topic, of]) => [topic, of.map(({ id }) => id)]))
}

export const browserById = (ctx: Ctx, id: string): Promise<Browser | null> =>
  maybe(
    ctx.db,
    sql<Browser>`select id, endpoint, p256dh, auth from notifications_browser
      where id = ${id} and ends_at > ${ctx.clock.now()}`,
  )

/**
 * One that is there already gets its new keys. Its id; null where so many others subscribed to the topic already.
 * Who calls has locked what the topic is about.
 */
export async function putBrowser(
  ctx: Ctx,
  topic: string,
  browser: Omit<Browser, 'id'>,
  { endsAt, most }: { readonly endsAt: Temporal.Instant; readonly most: number },
): Promise<string | null> {
  const row = await maybe(
    ctx.db,
    sql<{ id: string }>`insert into notifications_browser (id, topic, endpoint, p256dh, auth, created_at, ends_at)
      select ${newId()}, ${topic}, ${browser.endpoint}, ${browser.p256dh}, ${browser.auth}, ${ctx.clock.now()}, ${endsAt}
      where (select count(*) from notifications_browser where topic = ${topic} and endpoint <> ${browser.endpoint}) < ${most}
      on conflict (topic, endpoint) do update set p256dh = excluded.p256dh, auth = excluded.auth,
        ends_at = excluded.ends_at
      returning id`,
  )
  return row?.id ?? null
}

/** How many of the topic remain. */
export async function deleteBrowser(ctx: Ctx, topic: string, id: string): Promise<number> {
  if (isId(id)) await exec(ctx.db, sql`delete from notifications_browser where topic = ${topic} and id = ${id}`)
  return (await browsersOf(ctx, [topic])).get(topic)?.length ?? 0
}

export const renameTopic = (ctx: Ctx, from: string, to: string): Promise<number> =>
  exec(ctx.db, sql`update notifications_browser set topic = ${to} where topic = ${from}`)

export const setEnd = (ctx: Ctx, topic: string, endsAt: Temporal.Instant): Promise<number> =>
  exec(
    ctx.db,
    sql`update notifications_browser set ends_at = ${endsAt} where topic = ${topic} and ends_at > ${ctx.clock.now()}`,
  )

export const deleteBrowserById = (ctx: Ctx, id: string): Promise<number> =>
  exec(ctx.db, sql`delete from notifications_browser where id = ${id}`)

export const deleteBrowsersOf = (ctx: Ctx, topics: readonly string[]): Promise<number> =>
  exec(ctx.db, sql`delete from notifications_browser where topic = any(${[...topics]}::text[])`)

export const deleteEndedBrowsers = (ctx: Ctx): Promise<number> =>
  exec(ctx.db, sql`delete from notifications_browser where ends_at <= ${ctx.clock.now()}`)

/** Whether a later message went to the same browser, or is to go there. */
export async function isOvertaken(ctx: Ctx, { id, browser }: { readonly id: string; readonly browser: string }) {
  const later = await maybe(
    ctx.db,
    sql`select 1 from notifications_delivery where browser = ${browser} and id > ${id} limit 1`,
  )
  return later !== null
}

/** The key that was made for this city. */
export const keptPushKey = async (ctx: Ctx): Promise<string | null> =>
  (await maybe(ctx.db, sql<{ key: string }>`select private_key as key from notifications_push_key`))?.key ?? null

/** Of several processes that start at once one makes it. */
export const keepPushKey = (ctx: Ctx, key: string): Promise<number> =>
  exec(ctx.db, sql`insert into notifications_push_key (private_key) values (${key}) on conflict do nothing`)
