import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { messageColumns, type MessageRow } from './messages.ts'

/** Days that messages are kept. Demo value; the city sets it in its deletion concept (DIN 66398). */
export const KEPT_DAYS = 730

/** What tells how something stands, and is of no use the next day ("now to counter 3"). */
const PASSING_DAYS = 7

/** Messages past their time, with their deliveries. */
export async function deleteOldMessages(ctx: Ctx): Promise<number> {
  const daysAgo = (days: number) => ctx.clock.now().subtract({ hours: 24 * days })
  return exec(
    ctx.db,
    sql`delete from notifications_message
      where created_at < ${daysAgo(KEPT_DAYS)} or useful_until < ${daysAgo(PASSING_DAYS)}`,
  )
}

/** A secret that was never sent is useless after a week at the latest (its link has run out): its text goes. */
export async function forgetSecrets(ctx: Ctx): Promise<number> {
  const before = ctx.clock.now().subtract({ hours: 24 * 7 })
  return exec(
    ctx.db,
    sql`update notifications_message set paragraphs = '[]', link_path = null, link_label = null, calendar = null
      where confidential and created_at < ${before} and (paragraphs <> '[]' or calendar is not null)`,
  )
}

export async function messagesOf(ctx: Ctx, account: string): Promise<MessageRow[]> {
  return many(
    ctx.db,
    sql<MessageRow>`select ${messageColumns} from notifications_message m where m.account = ${account} order by m.created_at`,
  )
}

export async function deleteMessagesOf(ctx: Ctx, account: string): Promise<void> {
  await exec(ctx.db, sql`delete from notifications_message where account = ${account}`)
}
