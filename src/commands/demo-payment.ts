import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { startPaymentCounterpart } from '#modules/payments/public.ts'
import type { Config } from '#platform/config.ts'
import { hasTenant } from '../setup.ts'

export interface DemoPayment {
  /** The service's address and keys for the demo city, by the names of the configuration; empty where there is none. */
  readonly settings: Readonly<Record<string, string>>
  close(): Promise<void>
}

const DEMO_CITY = 'musterstadt'

/**
 * The demo city without a payment service gets one that says it is a demo and moves no money, on the next port.
 * Never where DEMO=none, where there is no demo city, or where a real service is set; where the port is taken, people pay
 * by transfer.
 */
export async function withDemoPayment(config: Config, pool: pg.Pool): Promise<DemoPayment> {
  const none: DemoPayment = { settings: {}, close: () => Promise.resolve() }
  if (config.demo !== DEMO_CITY || !(await hasTenant(pool, DEMO_CITY))) return none
  if (config.setting(DEMO_CITY, 'XBEZAHL_URL') !== null) return none
  const keys = { apiKey: randomBytes(16).toString('hex'), notificationKey: randomBytes(16).toString('hex') }
  const port = config.port === 0 ? 0 : config.port + 1
  const base = new URL(config.baseUrl)
  const publicUrl = port === 0 ? undefined : `http://${base.hostname}:${port}`
  const counterpart = await startPaymentCounterpart({ port, host: config.host, publicUrl, ...keys }).catch(() => null)
  if (!counterpart) return none
  return {
    settings: {
      SETTING_MUSTERSTADT_XBEZAHL_URL: counterpart.url,
      SECRET_MUSTERSTADT_XBEZAHL_KEY: keys.apiKey,
      SECRET_MUSTERSTADT_PAYMENT_NOTIFICATION_KEY: keys.notificationKey,
    },
    close: () => counterpart.close(),
  }
}
