import { expect, it } from 'vitest'
import { verifyAudit } from '#platform/audit/verify.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { validateAnswers, published } from '#modules/services/public.ts'
import { today } from '#platform/time/clock.ts'
import { readCaseNumber } from './domain/case-number.ts'
import { sweep } from './use-cases/sweep.ts'

const city = await testCity({ seed: true })
const ctx = await city.ctx()

it('the demo city has 2,000 cases in all states, opened over the last year', async () => {
  const rows = await many(
    ctx.db,
    sql<{ service: string; state: string; n: number }>`select service, state, count(*)::int as n
    from cases_case group by 1, 2`,
  )
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(2000)
  for (const slug of ['resident-parking', 'dog-registration']) {
    const { definition } = (await published(ctx, slug))!
    const lasting = definition.workflow.states.filter(({ kind }) => kind !== 'automatic')
    const found = rows.filter(({ service }) => service === slug).map(({ state }) => state)
    expect(found).toEqual(expect.arrayContaining(lasting.map(({ name }) => name)))
  }
  const { days } = await one(
    ctx.db,
    sql<{ days: number }>`select extract(day from max(opened_at) - min(opened_at))::int as days from cases_case`,
  )
  expect(days).toBeGreaterThan(330)
})

it('their numbers are right, their chains hold, and their answers are what the forms would take', async () => {
  const rows = await many(
    ctx.db,
    sql<{ number: string; service: string; answers: never }>`select number, service, answers from cases_case`,
  )
  for (const { number } of rows) expect(readCaseNumber(number)).toEqual({ ok: true, number })
  expect(await verifyAudit(ctx)).toMatchObject({ ok: true })
  const { definition } = (await published(ctx, 'dog-registration'))!
  const dogs = rows.filter(({ service }) => service === 'dog-registration').slice(0, 40)
  for (const { answers } of dogs) {
    const result = validateAnswers(definition, answers, { locale: 'de', today: today(ctx.clock) })
    const wrong = Object.keys(result.ok ? {} : (result.fields ?? {})).filter((name) => !name.includes('exemptionProof'))
    expect(wrong).toEqual([])
  }
})

it('a clerk finds work on Monday morning: new cases, some overdue, some of an absent colleague, some with messages', async () => {
  const page = await city.get('/workbench', { as: 'jonas.keller@musterstadt.example' })
  expect(page.status).toBe(200)
  const count = (tab: string) => Number(new RegExp(`${tab} <span class="rh-count">(\\d+)`).exec(page.body)?.[1])
  for (const tab of ['Offen', 'Meine', 'Ohne Bearbeitung', 'Überfällig', 'Wiedervorlage', 'Neue Nachrichten'])
    expect(count(tab), tab).toBeGreaterThan(0)
})

it('a new case gets the next number, and the sweeper finds nothing broken', async () => {
  await sweep(ctx)
  const { last } = await one(
    ctx.db,
    sql<{ last: string }>`select max(number) as last from cases_case where number like 'HUN-%'`,
  )
  expect(readCaseNumber(last).ok).toBe(true)
})
