import { randomBytes } from 'node:crypto'
import { OperatorError } from '#platform/operator-error.ts'
import { resolve } from 'node:path'
import type { Config } from '#platform/config.ts'

export class ConfigError extends OperatorError {
  override name = 'ConfigError'
}

/** The only reader of environment variables. Names every value that is wrong, at once. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const wrong: string[] = []

  const whole = (name: string, fallback: number, least: number, most: number) => {
    const text = env[name]?.trim()
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    wrong.push(`${name} is "${text}", but has to be a whole number from ${least} to ${most}`)
    return fallback
  }
  const text = (name: string) => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const url = (name: string, protocols: readonly string[]) => {
    const value = text(name)
    if (value === null) return null
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value
    wrong.push(`${name} has to be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`)
    return null
  }
  const choice = <T extends string>(name: string, options: readonly T[], fallback: T): T => {
    const value = text(name)
    if (value === null) return fallback
    const found = options.find((option) => option === value)
    if (found === undefined) wrong.push(`${name} is "${value}", but has to be one of ${options.join(', ')}`)
    return found ?? fallback
  }

  const port = whole('PORT', 8080, 0, 65_535)
  const baseUrl = (url('BASE_URL', ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/+$/, '')
  const isLocal = isLoopback(baseUrl)
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:'])
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:'])
  // A server of its own under a public address is no place for accounts whose passwords everybody knows.
  const demo = choice('DEMO', ['musterstadt', 'none'], databaseUrl === null || isLocal ? 'musterstadt' : 'none')
  // Asked for at each request, while looking at the environment costs a microsecond or two each time.
  const known = new Map<string, string | null>()
  const perTenant = (kind: string, tenantId: string, name: string) => {
    const key = `${kind}_${tenantId.toUpperCase().replaceAll('-', '_')}_${name}`
    let value = known.get(key)
    if (value === undefined) known.set(key, (value = text(key) ?? text(`${kind}_${name}`)))
    return value
  }

  const servers = whole('SERVERS', 1, 1, 64)
  if (servers > 1 && port === 0) wrong.push('SERVERS above 1 need a PORT that they can share')

  const config: Config = {
    port,
    host: text('HOST') ?? '0.0.0.0',
    dataDir: resolve(text('DATA_DIR') ?? 'data'),
    databaseUrl,
    baseUrl,
    demo,
    trustedProxies: (text('TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter((part) => part !== ''),
    logLevel: choice('LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    smtpUrl,
    mailFrom: text('MAIL_FROM'),
    smsUrl: url('SMS_URL', ['http:', 'https:']),
    clamd: text('CLAMD'),
    requestsPerMinute: whole('REQUESTS_PER_MINUTE', 600, 1, 10_000_000),
    diskFloorBytes: whole('DISK_FLOOR_MB', 2_000, 0, 10_000_000) * 1_000_000,
    bodyPatienceMs: 120_000,
    poolSize: whole('POOL_SIZE', 10, 1, 200),
    pageCacheSeconds: whole('PAGE_CACHE_SECONDS', 5, 0, 3600),
    servers,
    jobConcurrency: whole('JOB_CONCURRENCY', 4, 0, 64),
    devPages: ({ yes: 'everybody', no: 'nobody', local: 'this-machine' } as const)[
      choice('DEV_PAGES', ['yes', 'no', 'local'], isLocal && demo !== 'none' && smtpUrl === null ? 'local' : 'no')
    ],
    startKey: text('START_KEY') ?? randomBytes(32).toString('hex'),
    secret: (tenantId, name) => perTenant('SECRET', tenantId, name),
    setting: (tenantId, name) => perTenant('SETTING', tenantId, name),
  }
  if (wrong.length > 0) throw new ConfigError(wrong.join('; '))
  return config
}

/** The environment with more in it: for a process that this one starts, or to be read again. */
export const environmentWith = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...more,
})

/** Whether the address means this machine: /dev/outbox shows every mail, links to reset a password included. */
export function isLoopback(baseUrl: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(baseUrl).hostname)
}

/** For `bin/test` alone: a server whose role may create databases, instead of the embedded one. */
export const testDatabaseUrl = (env: NodeJS.ProcessEnv = process.env): string | null => env['TEST_DATABASE_URL'] || null
