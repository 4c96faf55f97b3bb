import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { linkCode } from '#platform/http/link-code.ts'
import { queryText } from '#platform/http/query.ts'
import { htmlPage, type Reply } from '#platform/http/reply.ts'
import { holderOf, type Req } from '#platform/http/route.ts'
import { hashOfCode, type Booking } from '../domain/booking.ts'
import { bookingsOfAccount, bookingWithKey, isThere, type HolderKey } from '../store/bookings.ts'
import { exampleWithoutAccount } from '../store/examples.ts'
import type { Asked } from '../asked.ts'
import { isConfirmationCode } from '../store/confirmations.ts'
import { hasLapsed } from '../use-cases/standing.ts'
import { goneByLinkPage, notHerePage } from '../views/not-here.ts'
import { endedHold, searchFor } from './remembered.ts'

export const bookingCode = linkCode('rathaus_termin')

export const byCodeOrAccount = holderOf('the code of the booking, in a cookie of this device, or the account of it')
export const bookingParams = Type.Object({ id: Type.String({ maxLength: 40 }) })

/** A booking and what opens it. */
export interface Opened {
  readonly booking: Booking
  readonly key: HolderKey
  /** '' for whoever is signed in and came without one. */
  readonly code: string
  /** By which it was found, or one for the same. */
  readonly search: Asked
}

/** Pages of whoever opened the booking on this device or owns it; a code in the address becomes a cookie first. */
export const withBooking =
  <P extends { id: string }>(handle: (ctx: Ctx, opened: Opened, req: Req<P, any>) => Promise<Reply> | Reply) =>
  async (ctx: Ctx, req: Req<P, any>): Promise<Reply> => {
    const { id } = req.params
    const given = queryText(req, 'code')
    if (req.method === 'GET' && given !== '') {
      const booking = await bookingWithKey(ctx, id, { codeHash: hashOfCode(given) })
      // The link in a mail whose time was given back or is over, or whose address was corrected.
      if ((!booking || hasLapsed(ctx, booking)) && (await isConfirmationCode(ctx, hashOfCode(given))))
        return htmlPage(goneByLinkPage(ctx, id, given), { status: 404 })
      if (booking) return bookingCode.withoutCode(req, id, given)
    }
    const opened = await openedBy(ctx, id, bookingCode.remembered(req, id))
    if (opened) return handle(ctx, { ...opened, search: searchFor(req, opened.booking) }, req)
    // Staff may have sent its codes to another address: then it has not ended, and this device opens it no longer.
    const ended = endedHold(req, id)
    if (ended && !(await isThere(ctx, id))) return ended
    return htmlPage(notHerePage(ctx), { status: 404 })
  }

/** As `withBooking`, for a file: no address bar shows where it came from, and calendar programs keep no cookies. */
export const withFileOf =
  <P extends { id: string }>(handle: (ctx: Ctx, booking: Booking) => Promise<Reply>) =>
  async (ctx: Ctx, req: Req<P, any>): Promise<Reply> => {
    const opened = await openedBy(ctx, req.params.id, queryText(req, 'code'))
    return opened ? handle(ctx, opened.booking) : withBooking((ctx, { booking }) => handle(ctx, booking))(ctx, req)
  }

export async function openedBy(ctx: Ctx, id: string, code: string): Promise<Omit<Opened, 'search'> | null> {
  const keys: { key: HolderKey; code: string }[] = [
    ...(code === '' ? [] : [{ key: { codeHash: hashOfCode(code) }, code }]),
    ...(ctx.account ? [{ key: { account: ctx.account.id }, code: '' }] : []),
  ]
  for (const { key, code } of keys) {
    const booking = await bookingWithKey(ctx, id, key)
    if (booking) return { booking, key, code }
  }
  return null
}

/** Addresses in the demo city: one's own bookings; without an account one that a code opens. */
export const examplesOf =
  (behind: string, suits: (ctx: Ctx, booking: Booking) => boolean = () => true) =>
  async (ctx: Ctx): Promise<string[]> => {
    if (ctx.account) {
      const own = (await bookingsOfAccount(ctx, ctx.account.id)).filter((booking) => suits(ctx, booking))
      return own.map(({ id }) => `/termine/${id}${behind}`)
    }
    const example = await exampleWithoutAccount(ctx)
    return example ? [`/termine/${example.id}${behind}?code=${example.code}`] : []
  }
