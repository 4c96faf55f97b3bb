import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import type { CityHandle } from '#src/testing/handle.ts'
import { hashOfCode } from '../domain/booking.ts'
import { bookHold, confirmBooking } from '../use-cases/book.ts'
import { holdTime, type HoldWish } from '../use-cases/hold.ts'

type Time = Pick<HoldWish, 'office' | 'start' | 'services'>

/** Somebody without an account has this appointment, confirmed by the link in the mail; its id. */
export async function bookedAt(city: CityHandle, time: Time, email: string): Promise<string> {
  const ctx = await city.ctx()
  const id = await reservedAt(ctx, time, { name: 'Erika Muster', email })
  if (id === null) throw new Error(`not free: ${time.start.toString()}`)
  const mailed = (await linksMailedTo(ctx, email)).at(-1)!.split('code=')[1]!
  const booked = await confirmBooking(ctx, id, mailed)
  if (!booked.ok) throw new Error(booked.problem)
  return id
}

/**
 * Somebody without an account takes this time and gives it their name; its id, null where others have it.
 * @param who from an address whose limits count, where there is one
 */
export async function reservedAt(
  ctx: Ctx,
  time: Time,
  { name, email, ip }: { name: string; email: string; ip?: string },
): Promise<string | null> {
  const wish = { people: 1, variant: 'in-person', audience: 'public', ...time } as const
  const held = await holdTime(ctx, wish, ip === undefined ? null : { ip, proof: '' })
  if (!held.ok && held.problem === 'time-taken') return null
  if (!held.ok) throw new Error(held.problem)
  const { id, code } = held.value
  const person = { name, email, telephone: null }
  const reserved = await bookHold(ctx, id, { codeHash: hashOfCode(code) }, code, person, ip ?? '203.0.113.1')
  if (!reserved.ok) throw new Error(reserved.problem)
  return id
}

/** What stands behind the links in the mails to that address, the last one last. */
export async function linksMailedTo(ctx: Pick<Ctx, 'db'>, email: string): Promise<string[]> {
  return (await mailsTo(ctx, email)).flatMap(({ path }) => path ?? [])
}

export const mailsTo = (
  ctx: Pick<Ctx, 'db'>,
  email: string,
): Promise<{ subject: string; body: string; path: string | null; calendar: string | null }[]> =>
  many(
    ctx.db,
    sql<{
      subject: string
      body: string
      path: string | null
      calendar: string | null
    }>`select subject, paragraphs::text as body, calendar,
      link_path as path from notifications_message where email = ${email} order by id`,
  )
