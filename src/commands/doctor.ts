import { stat } from 'node:fs/promises'
import { sql } from 'kysely'
import type { App } from '#platform/app.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { one } from '#platform/db/db.ts'
import { jobContext } from '#platform/job-context.ts'
import type { Tenant } from '#platform/tenants/tenant.ts'
import { isLoopback } from '../config.ts'
import { withApp } from './installation.ts'
import type { CommandLine } from './command.ts'

interface Finding {
  readonly state: 'ok' | 'note' | 'bad'
  readonly name: string
  readonly message: string
}

const SIGNS = { ok: '✓', note: '·', bad: '✗' } as const

/** Looks at everything that can be looked at, and says in a line each how it is. */
export const doctorCommand: CommandLine = {
  name: 'doctor',
  help: 'Examine the installation: audit chain, ledger, jobs, files, scanner',
  usage: 'bin/rathaus doctor   (exit code 1 where something is wrong)',
  run: () =>
    withApp('bin/rathaus doctor', async (app) => {
      const findings = await installationFindings(app)
      for (const tenant of app.tenants.all()) findings.push(...(await tenantFindings(app, tenant)))
      for (const { state, name, message } of findings) console.log(`${SIGNS[state]} ${name}: ${message}`)
      const bad = findings.filter((finding) => finding.state === 'bad').length
      console.log(bad === 0 ? '\nAll is well.' : `\n${bad} found that need care.`)
      return bad === 0 ? 0 : 1
    }),
}

/** What is good for trying the program and bad where others can reach it. */
function exposedFindings({ config, tenants }: App): Finding[] {
  if (isLoopback(config.baseUrl)) return []
  const outbox = '/dev/outbox shows every mail to everybody; set DEV_PAGES=no'
  const demo = 'everybody knows the passwords of the demo city; start anew with DEMO=none'
  return [
    ...(config.devPages === 'everybody' ? [{ state: 'bad', name: 'dev pages', message: outbox } as const] : []),
    ...(tenants.byId('musterstadt') ? [{ state: 'bad', name: 'demo accounts', message: demo } as const] : []),
  ]
}

async function diskFinding({ files, config }: App): Promise<Finding> {
  const free = await files.freeBytes()
  const isLow = free < config.diskFloorBytes
  const room = `${(free / 1e9).toFixed(1)} GB free`
  const refused = ', less than DISK_FLOOR_MB: who is not signed in cannot upload'
  return { state: isLow ? 'bad' : 'ok', name: 'disk', message: isLow ? room + refused : room }
}

async function installationFindings(app: App): Promise<Finding[]> {
  const scanner = await app.scanner.ping()
  const folder = await stat(app.config.dataDir).catch(() => null)
  return [
    { state: folder?.isDirectory() === true ? 'ok' : 'bad', name: 'data folder', message: app.config.dataDir },
    scanner === null
      ? { state: 'note', name: 'virus scanner', message: 'off: uploads are not scanned (CLAMD turns it on)' }
      : {
          state: scanner ? 'ok' : 'bad',
          name: 'virus scanner',
          message: scanner ? 'clamd answers' : 'clamd does not answer, so uploads are refused',
        },
    await diskFinding(app),
    ...exposedFindings(app),
    app.config.smtpUrl === null
      ? {
          state: 'note',
          name: 'mail',
          message: 'no SMTP_URL: mail stays in the database and is not sent',
        }
      : { state: 'ok', name: 'mail', message: 'SMTP is set' },
  ]
}

async function tenantFindings(app: App, tenant: Tenant): Promise<Finding[]> {
  const ctx = jobContext(app, tenant)
  const findings: Finding[] = []
  const add = (state: Finding['state'], name: string, message: string) =>
    findings.push({ state, name: `${tenant.id}, ${name}`, message })

  const audit = await verifyAudit(ctx)
  if (audit.ok) add('ok', 'audit chain', `${audit.entries} entries, ${audit.seals} seals hold`)
  else add('bad', 'audit chain', `first broken link: ${audit.message}`)

  const jobs = await one(
    ctx.db,
    sql<{ failed: number; late: number }>`select count(*) filter (where j.attempts >= j.max_attempts) as failed,
        count(*) filter (where j.attempts < j.max_attempts and j.run_at < now() - interval '5 minutes' and j.locked_at is null) as late
      from graphile_worker._private_jobs j where j.payload ->> 'tenant' = ${tenant.id}`,
  )
  add(jobs.failed > 0 ? 'bad' : 'ok', 'jobs', `${jobs.failed} given up, ${jobs.late} late by more than 5 minutes`)

  for (const module of app.modules)
    for (const probe of module.health ?? []) {
      const result = await probe.check(ctx).catch((error: unknown) => ({ ok: false, message: { en: String(error) } }))
      add(result.ok ? 'ok' : 'bad', probe.name.en.toLowerCase(), result.message.en)
    }
  return findings
}
