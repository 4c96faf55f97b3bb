import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addStaff, addUnit } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { bankAccountOf } from './bank-account.ts'
import { importCommand } from './commands.ts'
import { spacedReference } from './domain/reference.ts'
import { paymentById, refund, requestPayment, type Payment } from './public.ts'
import { listClearing } from './store/bank.ts'
import { checkLedger } from './store/ledger.ts'
import { listRefunds, orderRefunds } from './store/refunds.ts'
import { newId } from '#platform/db/id.ts'
import { camtFile, type CamtMovement } from './testing/camt-file.ts'
import {
  acknowledge,
  assignEntry,
  handOver,
  matchRefund,
  refundEntry,
  settleProvider,
  waiveRest,
} from './use-cases/clearing.ts'
import { importCamt } from './use-cases/import.ts'

const city = await testCity()
const system = await city.ctx()
const treasury = { de: 'Stadtkasse', en: 'Treasury' }
await addUnit(system, { id: 'stadtkasse', parentId: 'rathaus', name: treasury })
await addUnit(system, { id: 'bauamt', parentId: 'rathaus', name: { de: 'Bauamt', en: 'Building' } })
await addStaff(system, {
  name: 'Karin Kasse',
  email: 'kasse@city.example',
  unit: 'stadtkasse',
  roles: ['administrator'],
})
await addStaff(system, { name: 'Bernd Bau', email: 'bau@city.example', unit: 'bauamt', roles: ['administrator'] })
const clerk: Ctx = await city.ctx({ as: 'kasse@city.example' })
const iban = bankAccountOf(system)!.iban

let n = 0
const ask = (cents = 3000): Promise<Payment> =>
  requestPayment(system, {
    key: `import:${(n += 1)}`,
    purpose: 'Bewohnerparkausweis',
    cents,
    dueOn: Temporal.PlainDate.from('2030-03-27'),
    payer: { name: 'Anna Becker', email: null },
    locale: 'de',
    subject: `case:${n}`,
    returnPath: '/',
  })

let file = 0
const statement = (...movements: readonly CamtMovement[]) =>
  Buffer.from(
    camtFile({
      iban,
      on: '2030-03-12',
      id: `S${(file += 1)}`,
      movements: movements.map((one, i) => ({ bankReference: `${file}-${i}`, ...one })),
    }),
  )

async function take(...movements: readonly CamtMovement[]) {
  const result = await importCamt(system, statement(...movements))
  if (!result.ok) throw new Error(result.problem)
  return result.value
}

/** The open movement with this text in its purpose line. */
async function openEntry(text: string) {
  const { rows } = await listClearing(clerk, { state: 'open', finding: null, q: text }, { offset: 0, limit: 10 })
  return rows[0]!
}

const stateOf = async (payment: Payment) => (await paymentById(system, payment.id))!.state
const received = async (payment: Payment) =>
  (
    await many(
      system.db,
      sql`select 1 from event_entry where type = 'payments.received' and payload ->> 'paymentId' = ${payment.id}`,
    )
  ).length

describe('a statement of the bank', () => {
  it('pays the fees whose references stand in it, in any spelling', async () => {
    const [a, b, c] = [await ask(), await ask(), await ask()]
    const report = await take(
      { cents: 3000, remittance: a.reference },
      { cents: 3000, remittance: `Parkausweis ${spacedReference(b.reference).toLowerCase()} Becker` },
      { cents: 3000, structured: c.reference },
    )
    expect(report).toMatchObject({ entries: 3, fresh: 3, booked: 3, toClear: 0 })
    for (const payment of [a, b, c]) {
      expect(await stateOf(payment)).toBe('paid')
      expect(await received(payment)).toBe(1)
    }
  })

  it('that is imported twice books nothing twice', async () => {
    const payment = await ask()
    const bytes = statement(
      { cents: 3000, remittance: payment.reference },
      { cents: 77, remittance: 'zweimal eingelesen' },
    )
    await importCamt(system, bytes)
    const again = await importCamt(system, bytes)
    expect(again).toMatchObject({ ok: true, value: { entries: 2, fresh: 0, booked: 0, toClear: 0 } })
    expect(await paymentById(system, payment.id)).toMatchObject({ state: 'paid', paidCents: 3000 })
    expect(
      (await listClearing(clerk, { state: 'open', finding: null, q: 'zweimal eingelesen' }, { offset: 0, limit: 10 }))
        .total,
    ).toBe(1)
  })

  it('that two import at the same moment books nothing twice', async () => {
    const payment = await ask()
    const bytes = statement({ cents: 3000, remittance: payment.reference })
    const results = await Promise.all([importCamt(system, bytes), importCamt(system, bytes)])
    expect(results.reduce((sum, result) => sum + (result.ok ? result.value.fresh : 0), 0)).toBe(1)
    expect(await paymentById(system, payment.id)).toMatchObject({ state: 'paid', paidCents: 3000 })
  })

  it('of another account is refused and books nothing', async () => {
    const payment = await ask()
    const foreign = camtFile({
      iban: 'DE02120300000000202051',
      on: '2030-03-12',
      movements: [{ cents: 3000, remittance: payment.reference }],
    })
    expect(await importCamt(system, Buffer.from(foreign))).toMatchObject({ ok: false, problem: 'foreign-account' })
    expect(await stateOf(payment)).toBe('open')
  })

  it('that is no statement is refused by the command line in one sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'camt-'))
    const path = join(folder, 'brief.txt')
    await writeFile(path, 'Sehr geehrte Damen und Herren')
    await expect(importCommand.run(system, [path], () => undefined)).rejects.toThrow(/not readable XML/)
    const good = join(folder, 'auszug.xml')
    await writeFile(good, statement({ cents: 1, remittance: 'aus der Befehlszeile' }))
    const lines: string[] = []
    await importCommand.run(system, [good], (line) => lines.push(line))
    expect(lines[0]).toMatch(/1 movements, 1 new, 0 booked, 1 to be cleared/)
    await rm(folder, { recursive: true })
  })
})

describe('what a clerk clears', () => {
  it('too little is booked and waited for; the rest closes it', async () => {
    const payment = await ask()
    await take({ cents: 1000, remittance: `${payment.reference} erster Teil` })
    expect(await stateOf(payment)).toBe('partly-paid')
    expect((await openEntry('erster Teil')).finding).toBe('under')
    await take({ cents: 2000, remittance: `${payment.reference} zweiter Teil` })
    expect(await stateOf(payment)).toBe('paid')
    expect(await openEntry('erster Teil')).toBeUndefined()
  })

  it('the rest of too little can be let go', async () => {
    const payment = await ask()
    await take({ cents: 2995, remittance: `${payment.reference} fünf Cent fehlen` })
    const entry = await openEntry('fünf Cent fehlen')
    expect(await waiveRest(clerk, entry.id, 'Kleinbetrag')).toMatchObject({ ok: true })
    expect(await stateOf(payment)).toBe('paid')
    expect(await received(payment)).toBe(1)
  })

  it('too much pays the fee, and the excess goes back', async () => {
    const payment = await ask()
    await take({ cents: 3500, remittance: `${payment.reference} zu viel`, partyIban: 'DE02120300000000202051' })
    expect(await stateOf(payment)).toBe('overpaid')
    expect(await received(payment)).toBe(1)
    expect(
      await refundEntry(clerk, (await openEntry('zu viel')).id, { reason: 'Überzahlung', iban: null }),
    ).toMatchObject({ ok: true })
    expect(await paymentById(system, payment.id)).toMatchObject({ state: 'paid', refundedCents: 500 })
  })

  it('a fee that is paid twice is booked once; the second goes back to its sender', async () => {
    const payment = await ask()
    await take(
      { cents: 3000, remittance: payment.reference },
      { cents: 3000, remittance: `${payment.reference} doppelt`, partyIban: 'DE02120300000000202051' },
    )
    const entry = await openEntry('doppelt')
    expect(entry.finding).toBe('already-paid')
    expect(await paymentById(system, payment.id)).toMatchObject({ paidCents: 3000 })
    await refundEntry(clerk, entry.id, { reason: 'doppelt bezahlt', iban: null })
    const { rows } = await listRefunds(clerk, { state: 'decided' }, { offset: 0, limit: 100 })
    const back = rows.find((row) => row.bankEntry === entry.id)!
    expect(back).toMatchObject({ cents: 3000, payeeIban: 'DE02120300000000202051', payment: null })
    expect(await orderRefunds(clerk, newId(), [back.id])).toEqual([back.id])
    await take({ cents: -3000, remittance: `Auszahlung ${back.endToEndId}` })
    const paidOut = (await listRefunds(clerk, { state: 'paid' }, { offset: 0, limit: 100 })).rows
    expect(paidOut.some((row) => row.id === back.id)).toBe(true)
  })

  it('money without a reference is assigned by hand, in parts where one transfer paid two fees', async () => {
    const [a, b] = [await ask(), await ask(1500)]
    await take({ cents: 4500, remittance: 'zwei auf einmal' })
    const entry = await openEntry('zwei auf einmal')
    expect(entry.finding).toBe('unknown')
    expect(await assignEntry(clerk, entry.id, { reference: 'RF00', cents: null, reason: null })).toMatchObject({
      problem: 'reference-unknown',
    })
    expect(await assignEntry(clerk, entry.id, { reference: a.reference, cents: 4501, reason: null })).toMatchObject({
      problem: 'amount-not-there',
    })
    expect(
      await assignEntry(clerk, entry.id, { reference: spacedReference(a.reference), cents: 3000, reason: null }),
    ).toMatchObject({ ok: true })
    expect(await stateOf(a)).toBe('paid')
    expect((await openEntry('zwei auf einmal')).suspenseCents).toBe(1500)
    expect(await assignEntry(clerk, entry.id, { reference: b.reference, cents: null, reason: null })).toMatchObject({
      ok: true,
    })
    expect(await stateOf(b)).toBe('paid')
    expect(await openEntry('zwei auf einmal')).toBeUndefined()
  })

  it('two clerks who clear the same movement: the second is told, nothing is booked twice', async () => {
    const [a, b] = [await ask(), await ask()]
    await take({ cents: 3000, remittance: 'wer war das' })
    const entry = await openEntry('wer war das')
    const both = await Promise.all(
      [a, b].map((payment) =>
        assignEntry(clerk, entry.id, { reference: payment.reference, cents: null, reason: null }),
      ),
    )
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(both.filter((one) => !one.ok && one.problem === 'edited-by-others')).toHaveLength(1)
    expect([await stateOf(a), await stateOf(b)].toSorted()).toEqual(['open', 'paid'])
  })

  it('a return makes the fee owed again, and the case is told', async () => {
    const payment = await ask()
    await take({ cents: 3000, remittance: payment.reference })
    await take({ cents: -3000, remittance: `Retoure ${payment.reference}`, reversal: true })
    expect(await paymentById(system, payment.id)).toMatchObject({ state: 'open', paidCents: 0, paidAt: null })
    const told = await many(
      system.db,
      sql`select 1 from event_entry where type = 'payments.reversed' and payload ->> 'paymentId' = ${payment.id}`,
    )
    expect(told).toHaveLength(1)
    expect(await acknowledge(clerk, (await openEntry('Retoure')).id, 'gesehen')).toMatchObject({ ok: true })
    await take({ cents: 3000, remittance: `${payment.reference} noch einmal` })
    expect(await received(payment)).toBe(2)
  })

  it('what is none of ours is handed over; a settlement of the payment service is booked as one', async () => {
    await take(
      { cents: -1490, remittance: 'Kontoführung' },
      { cents: 90_000, remittance: 'Sammler Bezahldienst' },
      { cents: 500, currency: 'CHF', remittance: 'Franken' },
    )
    expect(await handOver(clerk, (await openEntry('Kontoführung')).id, 'Bankgebühr')).toMatchObject({ ok: true })
    expect(await settleProvider(clerk, (await openEntry('Sammler')).id, null)).toMatchObject({ ok: true })
    const francs = await openEntry('Franken')
    expect(francs).toMatchObject({ finding: 'foreign-currency', suspenseCents: 0 })
    expect(await assignEntry(clerk, francs.id, { reference: 'RF00', cents: 500, reason: null })).toMatchObject({
      problem: 'amount-not-there',
    })
    expect(await acknowledge(clerk, francs.id, 'an die Bank zurück')).toMatchObject({ ok: true })
  })

  it('a refund that was paid under another reference is found by its amount', async () => {
    const payment = await ask(7777)
    await take({ cents: 7777, remittance: payment.reference })
    const decided = await refund(system, { paymentId: payment.id, cents: 7777, reason: 'x', key: `r:${payment.id}` })
    await take({ cents: -7777, remittance: 'ohne Referenz ausgezahlt' })
    const entry = await openEntry('ohne Referenz ausgezahlt')
    expect(entry.finding).toBe('debit')
    expect(await matchRefund(clerk, entry.id, { refundId: decided.ok ? decided.value.refundId : '' })).toMatchObject({
      ok: true,
    })
    expect(await stateOf(payment)).toBe('refunded')
  })

  it('is not shown to staff of another unit', async () => {
    const other = await city.ctx({ as: 'bau@city.example' })
    await take({ cents: 5, remittance: 'geheim' })
    const entry = await openEntry('geheim')
    expect((await listClearing(other, { state: 'open', finding: null, q: '' }, { offset: 0, limit: 10 })).total).toBe(0)
    expect(await handOver(other, entry.id, 'x')).toMatchObject({ problem: 'not-found' })
  })
})

describe('whatever comes in whatever order', () => {
  it('nothing is booked twice and the ledger adds up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            which: fc.nat(2),
            cents: fc.constantFrom(500, 1000, 3000, 3500),
            again: fc.boolean(),
            back: fc.boolean(),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        async (happened) => {
          const payments = [await ask(), await ask(), await ask()]
          for (const { which, cents, again, back } of happened) {
            const bytes = statement({
              cents: back ? -cents : cents,
              reversal: back,
              remittance: payments[which]!.reference,
            })
            await importCamt(system, bytes)
            if (again) await importCamt(system, bytes)
          }
          expect(await checkLedger(system)).toMatchObject({
            unbalanced: 0,
            disagreeing: 0,
            bankDifference: 0,
            suspenseDifference: 0,
          })
        },
      ),
      { numRuns: 15 },
    )
  })

  it('the probe of doctor finds a row that was changed behind the ledger’s back', async () => {
    const payment = await ask()
    await system.db.executeQuery(
      sql`update payments_payment set state = 'paid' where id = ${payment.id}`.compile(system.db),
    )
    expect(await checkLedger(system)).toMatchObject({ disagreeing: 1 })
    await system.db.executeQuery(
      sql`update payments_payment set state = 'open' where id = ${payment.id}`.compile(system.db),
    )
    const { n: entries } = await one(system.db, sql<{ n: number }>`select count(*) as n from payments_ledger_entry`)
    expect(entries).toBeGreaterThan(100)
    expect(await checkLedger(system)).toMatchObject({ disagreeing: 0 })
  })
})
