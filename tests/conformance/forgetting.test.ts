import { expect, it } from 'vitest'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { bankAccountOf, camtFile, paymentsFor } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'

/** A name, a mail address and a plate that nobody else has: whatever is left of them is left of this person. */
const NAME = 'Quendelmeier'
const MAIL = 'xaver@quendel.example'
const PLATE = 'MU-XQ 4711'
const ADMIN = 'admin@musterstadt.example'
const PDF = '%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'

const city = await testCity({ seed: true })
const ctx = await city.ctx()

/** Tables that say anything of the person, and what of it. */
async function leftIn(ctx: Ctx): Promise<string[]> {
  const tables = await many(
    ctx.db,
    sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema() order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await many(
      ctx.db,
      sql<{
        row: string
      }>`select t::text as row from ${sql.table(name)} t where t::text ~* ${'quendel|xq ?4711'} limit 3`,
    )
    found.push(...rows.map(({ row }) => `${name}: ${row.slice(0, 300)}`))
  }
  return found
}

const filesOf = async (owner: string) =>
  (await one(ctx.db, sql<{ count: number }>`select count(*)::int as count from file_object where owner = ${owner}`))
    .count

it('a person with an application, a payment, a permit, messages and letters is forgotten when all periods are over', async () => {
  expect(await leftIn(ctx)).toEqual([])
  const { street, houseNumber, postcode, place } = musterstadt().citizens[0]!
  const files = await city.upload('/api/v1/services/resident-parking/files', [
    { field: 'certificate', name: `Schein ${NAME}.pdf`, content: PDF },
  ])
  const applied = await city.json(
    'POST',
    '/api/v1/services/resident-parking/applications',
    {
      person: { givenName: 'Xaver', familyName: NAME, birthDate: '1970-02-03' },
      address: { street, houseNumber, postcode, place },
      contact: { email: MAIL },
      vehicle: { plate: PLATE, keeper: 'self' },
      certificate: [files.json().id],
      permit: { startDate: ctx.clock.now().toString().slice(0, 10), months: '12' },
      register: true,
      truthful: true,
    },
    { headers: { 'idempotency-key': 'forgetting' } },
  )
  expect(applied.status, applied.body).toBe(201)
  const { caseNumber, state } = applied.json() as { caseNumber: string; state: string }
  await city.runJobs()
  const caseId = (await one(ctx.db, sql<{ id: string }>`select id from cases_case where number = ${caseNumber}`)).id

  // He writes, they answer, ask elsewhere, make a letter and grant it; he pays and changes the plate.
  await city.json('POST', state.replace('?', '/messages?'), { body: `Grüße, ${NAME}` })
  const path = `/workbench/vorgaenge/${caseNumber}`
  const inOrder: readonly (readonly [form: string, fields: Record<string, string>])[] = [
    ['notizen', { note: `${NAME} hat angerufen` }],
    ['wiedervorlage', { on: '24.12.2031' }],
    ['nachrichten', { message: `Guten Tag ${NAME}` }],
    ['briefe', { template: 'cases.general', subject: `An ${NAME}`, letter: 'Guten Tag' }],
    ['stellungnahmen', { organisation: 'Polizei', mail: MAIL, question: `Kennen Sie ${NAME}?` }],
    ['schritte/grant', { conditions: `Nur für ${NAME}` }],
  ]
  for (const [form, fields] of inOrder) {
    const page = (await city.get(path, { as: ADMIN })).body
    const hidden = {
      revision: /name="revision" value="(\d+)"/.exec(page)![1]!,
      key: /name="key" value="([^"]+)"/.exec(page)![1]!,
    }
    const reply = await city.post(`${path}/${form}`, { ...hidden, ...fields }, { as: ADMIN })
    expect(reply.status, form).toBe(303)
    city.clock.advance({ seconds: 11 })
    await city.runJobs()
  }
  const [payment] = await paymentsFor(ctx, `case:${caseId}`)
  const day = ctx.clock.now().toString().slice(0, 10)
  const movement = {
    cents: payment!.cents,
    remittance: `${payment!.reference} ${NAME}`,
    party: `Xaver ${NAME}`,
    partyIban: 'DE02120300000000202051',
    bankReference: 'forget-1',
  }
  const statement = camtFile({ iban: bankAccountOf(ctx)!.iban, on: day, id: 'FORGET', movements: [movement] })
  const file = { field: 'file', name: 'auszug.xml', content: statement }
  expect((await city.upload('/workbench/zahlungen/kontoauszuege', [file], {}, { as: ADMIN })).status).toBe(303)
  await city.runJobs()
  expect((await city.json('GET', state)).json()).toMatchObject({ state: { name: 'granted' } })
  const before = await leftIn(ctx)
  for (const table of [
    'cases_case',
    'cases_message',
    'cases_note',
    'notifications_message',
    'parking_permit',
    'payments_payment',
  ])
    expect(before.join('\n'), table).toContain(`${table}:`)
  expect(await filesOf(`case:${caseId}`)).toBeGreaterThan(2)

  // One period can wait for the end of another: a permit ends, then its case may go, then its payment.
  for (let year = 0; year < 14; year++) {
    city.clock.advance({ years: 1 })
    await city.runJobs({ ignoreFailures: true })
    await city.runJob('platform.retention')
  }
  expect(await leftIn(ctx)).toEqual([])
  expect(await filesOf(`case:${caseId}`)).toBe(0)
}, 300_000)
