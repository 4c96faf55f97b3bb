import type { Ctx } from '#platform/context.ts'
import { OperatorError } from '#platform/operator-error.ts'
import { perCity } from '#platform/per-city.ts'
import { PUSH_SERVICES } from '#platform/push/services.ts'
import { newVapidKey, vapidKeyOf, type VapidKey } from '#platform/push/vapid.ts'
import { keepPushKey, keptPushKey } from '../store/browsers.ts'

/** Hosts of push services that the city sends to (`SETTING_PUSH_HOSTS`, `none` turns push off); empty: it is off. */
export function pushHosts({ app, tenant }: Pick<Ctx, 'app' | 'tenant'>): readonly string[] {
  const setting = app.config.setting(tenant.id, 'PUSH_HOSTS')
  if (setting === null) return PUSH_SERVICES
  return setting === 'none' ? [] : setting.toLowerCase().split(/[\s,]+/)
}

/** The key of `SECRET_VAPID_KEY`. @throws OperatorError where that is none */
function configuredKey({ app, tenant }: Pick<Ctx, 'app' | 'tenant'>): VapidKey | null {
  const text = app.config.secret(tenant.id, 'VAPID_KEY')
  if (text === null) return null
  const key = vapidKeyOf(text)
  if (!key) throw new OperatorError('SECRET_VAPID_KEY has to be a private key of P-256: 32 bytes in base64url')
  return key
}

/** At the start: the city has a key from then on. */
export async function makePushKey(ctx: Ctx): Promise<void> {
  if (configuredKey(ctx) || (await keptPushKey(ctx)) !== null) return
  await keepPushKey(ctx, newVapidKey())
}

const kept = perCity((): { key: VapidKey | null } => ({ key: null }))

/** null where push is off. */
export async function pushKey(ctx: Ctx): Promise<VapidKey | null> {
  if (pushHosts(ctx).length === 0) return null
  const own = kept(ctx)
  own.key ??= configuredKey(ctx) ?? vapidKeyOf((await keptPushKey(ctx)) ?? '')
  return own.key
}
