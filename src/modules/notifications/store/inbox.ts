import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { messageColumns, type MessageRow } from './messages.ts'

/** Messages that stand in the portal inbox of an account. */
const inInbox = (account: string) => sql<boolean>`m.account = ${account} and exists (
  select from notifications_delivery d where d.message = m.id and d.channel = 'inbox' and d.state = 'sent')`

export async function inboxOf(
  ctx: Ctx,
  account: string,
  page: { offset: number; limit: number },
): Promise<{ rows: MessageRow[]; total: number; unread: number }> {
  const [rows, counts] = await Promise.all([
    many(
      ctx.db,
      sql<MessageRow>`select ${messageColumns} from notifications_message m where ${inInbox(account)}
        order by m.created_at desc, m.id desc limit ${page.limit} offset ${page.offset}`,
    ),
    one(
      ctx.db,
      sql<{
        total: number
        unread: number
      }>`select count(*) as total, count(*) filter (where m.read_at is null) as unread
        from notifications_message m where ${inInbox(account)}`,
    ),
  ])
  return { rows, ...counts }
}

/** How many messages in the account's portal inbox have not been opened. */
export async function unreadCount(ctx: Ctx, account: string): Promise<number> {
  const { n } = await one(
    ctx.db,
    sql<{
      n: number
    }>`select count(*) as n from notifications_message m where m.read_at is null and ${inInbox(account)}`,
  )
  return n
}

/** One message of this account; null where it is somebody else's or none. */
export async function inboxMessage(ctx: Ctx, account: string, id: string): Promise<MessageRow | null> {
  return maybe(
    ctx.db,
    sql<MessageRow>`select ${messageColumns} from notifications_message m where m.id = ${id} and ${inInbox(account)}`,
  )
}

/** One message, or all of the account where none is named. */
export async function markRead(ctx: Ctx, account: string, id: string | null): Promise<number> {
  return exec(
    ctx.db,
    sql`update notifications_message set read_at = ${ctx.clock.now()}
      where account = ${account} and read_at is null ${id === null ? sql`` : sql`and id = ${id}`}`,
  )
}

export async function markUnread(ctx: Ctx, account: string, id: string): Promise<number> {
  return exec(ctx.db, sql`update notifications_message set read_at = null where account = ${account} and id = ${id}`)
}

/** One message with an attachment, as an example of its address. */
export async function someAttachments(ctx: Ctx, account: string): Promise<{ id: string; file: string }[]> {
  return many(
    ctx.db,
    sql<{ id: string; file: string }>`select id, attachments[1]::text as file from notifications_message
      where account = ${account} and attachments <> '{}' limit 1`,
  )
}
