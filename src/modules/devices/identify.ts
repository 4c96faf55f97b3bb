import { limited } from '#modules/accounts/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Device as AnyDevice, DeviceCredentials } from '#platform/auth/device.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
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

/** Some figures of the hash tell two keys apart and open nothing. */
async function tellUnknown(ctx: Ctx, secret: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if (await limited(ctx, [UNKNOWN_TOLD, ctx.tenant.id])) return
    const data = { fingerprint: hashSecret(secret).toString('hex').slice(0, 8) }
    await audit(ctx, { subject: 'devices:unknown', action: 'devices.unknown-key', actor: 'system', data })
  })
}
