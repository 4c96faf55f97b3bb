import { beforeAll, describe, expect, it } from 'vitest'
import { audit } from '#platform/audit/audit.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { jobType } from '#platform/jobs/jobs.ts'
import type { CityHandle } from '#src/testing/handle.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { wordsOf } from '#src/testing/words.ts'

const ADMIN = 'admin@musterstadt.example'
const CLERK = 'jonas.keller@musterstadt.example'
const ANNA = 'anna.becker@musterstadt.example'

let city: TestCity
let other: CityHandle

/** A job that was given up, as the queue keeps it. */
async function failedJob(handle: CityHandle, name: string, error: string): Promise<void> {
  const ctx = await handle.ctx()
  await enqueue(ctx, jobType(name), { secret: 'Anna Becker' })
  await exec(
    ctx.db,
    sql`update graphile_worker._private_jobs j set attempts = max_attempts, last_error = ${error}
      from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = ${name} and j.payload ->> 'tenant' = ${ctx.tenant.id}`,
  )
}

const attempts = async (name: string) => {
  const ctx = await city.ctx()
  const rows = await many(
    ctx.db,
    sql<{ attempts: number; tenant: string }>`select j.attempts, j.payload ->> 'tenant' as tenant
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${name}`,
  )
  return Object.fromEntries(rows.map((row) => [row.tenant, row.attempts]))
}

beforeAll(async () => {
  city = await testCity({ seed: true })
  other = await city.addTenant('nebenstadt')
})

describe('who may look', () => {
  it.each([
    '/workbench/betrieb',
    '/workbench/betrieb/auftraege',
    '/workbench/betrieb/loeschfristen',
    '/workbench/betrieb/protokoll',
  ])('%s: the administrator, no clerk, no citizen, nobody else', async (path) => {
    expect((await city.get(path, { as: ADMIN })).status).toBe(200)
    expect((await city.get(path, { as: CLERK })).status).toBe(403)
    expect((await city.get(path, { as: ANNA })).status).toBe(403)
    expect((await city.get(path)).location).toContain('/anmelden')
  })

  it('a clerk cannot run jobs again', async () => {
    expect((await city.post('/workbench/betrieb/auftraege/wiederholungen', { job: 'all' }, { as: CLERK })).status).toBe(
      403,
    )
  })
})

describe('the overview', () => {
  it('measures database, pool, memory and pages', async () => {
    const page = wordsOf((await city.get('/workbench/betrieb', { as: ADMIN })).body)
    for (const words of [
      'Auf einen Blick',
      'PostgreSQL',
      'Datenbankverbindungen',
      'Arbeitsspeicher',
      'Wo die Zeit bleibt',
      'Größte Tabellen',
    ])
      expect(page).toContain(words)
  })

  it('is there in English', async () => {
    expect(wordsOf((await city.get('/en/workbench/betrieb', { as: ADMIN })).body)).toContain('Where the time goes')
  })

  it('names a statement that runs too long', async () => {
    const ctx = await city.ctx()
    const slow = exec(ctx.db, sql`select pg_sleep(3.5)`)
    await new Promise((resolve) => setTimeout(resolve, 2_300))
    const page = wordsOf((await city.get('/workbench/betrieb', { as: ADMIN })).body)
    await slow
    expect(page).toContain('Lange Abfragen oder offene Transaktionen: 1')
    expect(page).toContain('pg_sleep')
  })
})

describe('jobs', () => {
  it('a failed job is shown with its error, without names, and can be run again', async () => {
    await failedJob(city, 'test.mail', '550 no such user anna.becker@example.org')
    const page = await city.get('/workbench/betrieb/auftraege', { as: ADMIN })
    expect(wordsOf(page.body)).toContain('test.mail')
    expect(page.body).toContain('…@…')
    expect(page.body).not.toContain('anna.becker@example.org')
    expect(page.body).not.toContain('Anna Becker')
    expect(wordsOf((await city.get('/workbench/betrieb', { as: ADMIN })).body)).toContain(
      'Endgültig gescheiterte Aufträge',
    )

    const id = /name="job" value="(\d+)"/.exec(page.body)![1]!
    const answer = await city.post('/workbench/betrieb/auftraege/wiederholungen', { job: id }, { as: ADMIN })
    expect(answer).toMatchObject({ status: 303, location: '/workbench/betrieb/auftraege?retried=1' })
    expect(await attempts('test.mail')).toEqual({ musterstadt: 0 })
    expect(wordsOf((await city.get(answer.location, { as: ADMIN })).body)).toContain(
      'Ein Auftrag läuft gleich noch einmal.',
    )
    const log = wordsOf((await city.get('/workbench/betrieb/protokoll?action=operations.jobs', { as: ADMIN })).body)
    expect(log).toContain('operations.jobs-retried')
  })

  it('jobs of another city are neither shown nor run again', async () => {
    await failedJob(city, 'test.shared', 'own error')
    await failedJob(other, 'test.shared', 'foreign error')
    const page = wordsOf((await city.get('/workbench/betrieb/auftraege', { as: ADMIN })).body)
    expect(page).toContain('own error')
    expect(page).not.toContain('foreign error')
    await city.post('/workbench/betrieb/auftraege/wiederholungen', { job: 'all' }, { as: ADMIN })
    expect(await attempts('test.shared')).toEqual({ musterstadt: 0, nebenstadt: 25 })
  })

  it.each(['', 'abc', '1; drop table x', '99999999999999999999', '-1'])('%j is no job', async (job) => {
    expect((await city.post('/workbench/betrieb/auftraege/wiederholungen', { job }, { as: ADMIN })).status).toBe(400)
  })

  it('a job that is gone is no error', async () => {
    const answer = await city.post('/workbench/betrieb/auftraege/wiederholungen', { job: '999999999' }, { as: ADMIN })
    expect(wordsOf((await city.get(answer.location, { as: ADMIN })).body)).toContain(
      'Da war nichts mehr zu wiederholen.',
    )
  })

  it.each(['failed', 'retrying', 'running', 'due', 'later', 'nonsense'])('the list %j is there', async (state) => {
    expect((await city.get(`/workbench/betrieb/auftraege?state=${state}`, { as: ADMIN })).status).toBe(200)
  })
})

describe('the audit log', () => {
  const search = async (query: string) =>
    wordsOf((await city.get(`/workbench/betrieb/protokoll${query}`, { as: ADMIN })).body)

  it('is found by subject, action, person and day', async () => {
    const clerk = await city.ctx({ as: CLERK })
    const subject = 'case:01890000-0000-7000-8000-000000000001'
    await audit(clerk, { subject, action: 'cases.granted', data: { reason: '<Grund>' } })
    await audit(clerk, { subject: 'case:01890000-0000-7000-8000-000000000002', action: 'cases.refused' })
    const bySubject = await search(`?subject=${subject}`)
    expect(bySubject).toContain('cases.granted')
    expect(bySubject).not.toContain('cases.refused')
    expect(bySubject).toContain('&lt;Grund&gt;')
    expect(await search(`?actor=${CLERK}&action=cases.ref`)).toContain('cases.refused')
    const day = city.clock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate()
    expect(
      await search(`?subject=${subject}&from=${day.toString()}&until=${day.day}.${day.month}.${day.year}`),
    ).toContain('cases.granted')
    expect(await search(`?subject=${subject}&from=${day.add({ days: 1 }).toString()}`)).toContain('Keine Einträge')
  })

  it('of another city is not shown', async () => {
    await audit(await other.ctx(), { subject: 'test:foreign', action: 'test.foreign' })
    expect(await search('?action=test.foreign')).toContain('Keine Einträge')
  })

  it('says who searched what', async () => {
    await search('?subject=test:curious')
    expect(await search('?subject=audit-log:')).toContain('test:curious')
  })

  it.each([
    ['2026-02-30', 'Den Tag 2026-02-30 gibt es nicht.'],
    ['30.2.2026', 'Den Tag 30.2.2026 gibt es nicht.'],
    ['gestern', '„gestern“ verstehen wir nicht als Tag. Geben Sie ihn bitte so ein: 24.12.2030.'],
    ['2026-1-1', '„2026-1-1“ verstehen wir nicht als Tag.'],
    ['9999-99-99', 'Den Tag 9999-99-99 gibt es nicht.'],
  ])('the day %j is explained, and what was typed stays', async (day, said) => {
    const page = await city.get(`/workbench/betrieb/protokoll?from=${day}&subject=case:`, { as: ADMIN })
    expect(page.status).toBe(200)
    expect(wordsOf(page.body)).toContain(said)
    expect(page.body).toContain('value="case:"')
  })

  it('a mail address without an account is explained', async () => {
    expect(await search('?actor=nobody@example.org')).toContain('gibt es kein Konto')
  })

  it('can be taken along as CSV', async () => {
    const file = await city.get('/workbench/betrieb/protokoll/eintraege.csv?action=cases.', { as: ADMIN })
    expect(file.headers['content-type']).toContain('text/csv')
    expect(file.body).toContain('cases.granted')
  })
})

describe('retention', () => {
  it('shows the rules of every module', async () => {
    const rules = city.app.modules.flatMap((module) => module.retention ?? [])
    const page = wordsOf((await city.get('/workbench/betrieb/loeschfristen', { as: ADMIN })).body)
    expect(rules.length).toBeGreaterThan(0)
    for (const rule of rules) expect(page).toContain(rule.table)
  })
})
