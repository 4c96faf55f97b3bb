import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'

/** What becomes of somebody who has come for a booking: known to whoever keeps the waiting room. */
export interface ArrivedTicket {
  /** The number of who waits or is at a counter today; null for nobody. */
  readonly numberOf: (ctx: Ctx, booking: string) => Promise<string | null>
  /** Path of a page that shows how it stands; null where there is no number. */
  readonly open: (ctx: Ctx, booking: string) => Promise<string | null>
}

export const arrivedTicket = extensionPoint<ArrivedTicket>('appointments.arrived-ticket')

/** The first module that knows answers. */
export async function askTicket(ctx: Ctx, what: keyof ArrivedTicket, booking: string): Promise<string | null> {
  for (const ticket of ctx.app.extensions(arrivedTicket).values()) {
    const answer = await ticket[what](ctx, booking)
    if (answer !== null) return answer
  }
  return null
}
