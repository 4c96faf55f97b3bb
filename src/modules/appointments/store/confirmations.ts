import type { Ctx } from '#platform/context.ts'
import { exec, maybe, one, sql } from '#platform/db/db.ts'

type Part = ReturnType<typeof sql>

/** An address without case and without what follows a plus; as in the index of bookings. */
export const mailbox = (address: Part) => sql`regexp_replace(lower(${address}), '^([^+@]+)[+][^@]*', '\\1')`

export const mailboxHash = (address: Part) => sql`sha256(convert_to(${mailbox(address)}, 'UTF8'))`

/** Tells nothing to who does not know the mailbox. */
export const senderHash = (address: Part, ip: Part) =>
  sql`sha256(convert_to(${mailbox(address)} || ' ' || ${ip}, 'UTF8'))`

/** How many mails that nobody has confirmed are too many within an hour. */
export interface MailLimits {
  /** To one mailbox from one address of a sender. */
  readonly ofSender: number
  /** To one mailbox from anywhere. */
  readonly ofMailbox: number
}

/** Those sent after then count. */
export const countedFrom = (now: Temporal.Instant): Temporal.Instant => now.subtract({ hours: 1 })

/** Whether one more mail to confirm is too many, while nobody else sends one (`lockNaming`). */
export async function isMailedTooOften(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  email: string,
  ip: string,
  limits: MailLimits,
): Promise<boolean> {
  const { ofMailbox, ofSender } = await one(
    ctx.db,
    sql<MailLimits>`select count(*)::int as "ofMailbox",
        (count(*) filter (where sender = ${senderHash(sql`${email}::text`, sql`${ip}::text`)}))::int as "ofSender"
      from appointments_confirmation
      where mailbox = ${mailboxHash(sql`${email}::text`)} and sent_at > ${countedFrom(ctx.clock.now())}`,
  )
  return ofMailbox >= limits.ofMailbox || ofSender >= limits.ofSender
}

/** @param codeHash of the code in the link of the mail */
export async function addConfirmation(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { email, ip, codeHash }: { readonly email: string; readonly ip: string; readonly codeHash: string },
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_confirmation (code_hash, mailbox, sender, sent_at) values (decode(${codeHash}, 'hex'),
      ${mailboxHash(sql`${email}::text`)}, ${senderHash(sql`${email}::text`, sql`${ip}::text`)}, ${ctx.clock.now()})`,
  )
}

const hasCode = (codeHash: string) => sql`code_hash = decode(${codeHash}, 'hex')`

/** Whether a mail that counts had the link with that code, whatever has become of its booking. */
export const isConfirmationCode = async (ctx: Pick<Ctx, 'db' | 'clock'>, codeHash: string): Promise<boolean> =>
  (await maybe(
    ctx.db,
    sql`select from appointments_confirmation where ${hasCode(codeHash)} and sent_at > ${countedFrom(ctx.clock.now())}`,
  )) !== null

/** Whoever has the code reads the mailbox: what was sent to it counts no longer. */
export async function forgetConfirmationsBeside(ctx: Pick<Ctx, 'db'>, codeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`delete from appointments_confirmation
      where mailbox = (select mailbox from appointments_confirmation where ${hasCode(codeHash)})`,
  )
}

/** Those that count no longer. */
export const forgetConfirmations = (ctx: Pick<Ctx, 'db' | 'clock'>): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_confirmation where sent_at <= ${countedFrom(ctx.clock.now())}`)
