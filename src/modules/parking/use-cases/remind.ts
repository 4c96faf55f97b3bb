import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { today } from '#platform/time/clock.ts'
import * as store from '../store/permits.ts'
import { tellHolder } from './tell-holder.ts'

/** Days before the end of a permit at which its holder is reminded, unless SETTING_PARKING_REMINDER_DAYS says otherwise; demo value. */
export const REMINDER_DAYS = 28
const AT_ONCE = 200

/** Reminds holders of permits that end soon, once each, with a link to the renewal. Returns how many. */
export async function remindHolders(ctx: Ctx): Promise<number> {
  const day = today(ctx.clock)
  const setting = Number(ctx.app.config.setting(ctx.tenant.id, 'PARKING_REMINDER_DAYS') ?? REMINDER_DAYS)
  const days = Number.isInteger(setting) && setting > 0 ? setting : REMINDER_DAYS
  let reminded = 0
  for (;;) {
    const count = await transaction(ctx, async (ctx) => {
      const permits = await store.dueForReminder(ctx, day, day.add({ days }), AT_ONCE)
      for (const permit of permits) {
        await tellHolder(ctx, permit, 'reminder')
        await store.noteReminder(ctx, permit.id, day)
      }
      return permits.length
    })
    reminded += count
    if (count < AT_ONCE) return reminded
  }
}
