import type { Ctx } from '#platform/context.ts'
import type { PaymentProvider } from './port.ts'
import { xbezahldienste } from './xbezahldienste.ts'

/** The city's payment service; null where none is configured (setting XBEZAHL_URL). */
export function providerOf(ctx: Pick<Ctx, 'app' | 'tenant'>): PaymentProvider | null {
  const { config } = ctx.app
  const { id } = ctx.tenant
  const url = config.setting(id, 'XBEZAHL_URL')
  if (url === null) return null
  return xbezahldienste({
    url,
    apiKey: config.secret(id, 'XBEZAHL_KEY'),
    originatorId: config.setting(id, 'XBEZAHL_ORIGINATOR') ?? id,
    endPointId: config.setting(id, 'XBEZAHL_ENDPOINT') ?? 'rathaus',
  })
}
