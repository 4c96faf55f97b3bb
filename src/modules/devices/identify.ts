import { limited } from '#modules/accounts/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Device as AnyDevice, DeviceCredentials } from '#platform/auth/device.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { perCity } from '#platform/per-city.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { hashSecret, isSecret } from './domain/secret.ts'
import { knownBy, markRefused, markSeen } from './store/credentials.ts'

/** Who tries keys would otherwise fill the log. */
const UNKNOWN_TOLD = { name: 'devices-unknown-key', most: 6, minutes: 60 }

/** Which device asks: by its key where there is one, else by the cookie of its browser. */
export async function identifyDevice(ctx: Ctx, { key, cookie }: DeviceCredentials): Promise<Result<AnyDevice>> {
  const purpose = key === undefined ? 'browser' : 'key'
  const secret = key ?? cookie
  if (secret === undefined) return fail('device-key-missing')
  if (!isSecret(purpose, secret)) return fail('device-key-unknown')
  const known = await knownBy(ctx, purpose, secret)
  if (known === null) {
    await tellUnknown(ctx, secret)
    return fail('device-key-unknown')
  }
  const { works, ...device } = known
  if (works) {
    await markSeen(ctx, device.id)
    return ok(device)
  }
  await transaction(ctx, async (ctx) => {
    if (await markRefused(ctx, device.id))
      await audit(ctx, {
        subject: `device:${device.id}`,
        action: 'devices.refused',
        actor: 'system',
        data: { purpose },
      })
  })
  return fail('device-key-withdrawn')
}

const unknownSeen = perCity(() => ({ until: 0, count: 0 }))

/** In memory, since requests are not limited yet where devices are asked who they are: guessing writes nothing. */
function isToldEnough(ctx: Ctx): boolean {
  const seen = unknownSeen(ctx)
  const now = ctx.clock.now().epochMilliseconds
  if (seen.until <= now) Object.assign(seen, { until: now + UNKNOWN_TOLD.minutes * 60_000, count: 0 })
  seen.count += 1
  return seen.count > UNKNOWN_TOLD.most
}

/** Some figures of the hash tell two keys apart and open nothing. */
async function tellUnknown(ctx: Ctx, secret: string): Promise<void> {
  if (isToldEnough(ctx)) return
  await transaction(ctx, async (ctx) => {
    if (await limited(ctx, [UNKNOWN_TOLD, ctx.tenant.id])) return
    const data = { fingerprint: hashSecret(secret).toString('hex').slice(0, 8) }
    await audit(ctx, { subject: 'devices:unknown', action: 'devices.unknown-key', actor: 'system', data })
  })
}
