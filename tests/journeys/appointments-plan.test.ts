import { describe, expect, it } from 'vitest'
import { exec, many, one, sql } from '#platform/db/db.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '#src/testing/city.ts'
import { barriers, overflow } from './support/accessibility.ts'
import { watch } from './support/browser.ts'
import { heading, journey } from './support/journey.ts'

const town = journey(() => testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } }))
const LAURA = 'laura.oeztuerk@musterstadt.example'

const mailsTo = async (who: string) =>
  many(
    (await town.city.ctx()).db,
    sql<{ subject: string; path: string | null }>`select subject, link_path as path from notifications_message
      where email = ${`${who}@example.org`} order by id`,
  )

/** The citizens' office with one counter on weekdays from 8 to 12, and nobody has booked. */
async function quietOffice() {
  const ctx = await town.city.ctx()
  const { db } = ctx
  const desk = await one(
    db,
    sql<{ rule: string; team: string; office: string; service: string }>`select r.id as rule, r.team, t.office,
      t.services[1] as service from appointments_rule r join appointments_team t on t.id = r.team
      where t.id like '%-buergeramt' order by r.team, r.id limit 1`,
  )
  await exec(db, sql`delete from appointments_occupancy where team = ${desk.team}`)
  await exec(db, sql`delete from appointments_booking where team = ${desk.team}`)
  await exec(db, sql`delete from appointments_block where team = ${desk.team}`)
  await exec(db, sql`delete from appointments_rule where team = ${desk.team} and id <> ${desk.rule}::uuid`)
  await exec(
    db,
    sql`update appointments_rule set content = content || '{ "hours": [{ "from": "08:00", "to": "12:00" }], "stepMinutes": 15,
      "days": { "kind": "weekly", "weekdays": [1, 2, 3, 4, 5], "everyWeeks": 1 },
      "seats": { "public": 1, "centre": 0, "walk-in": 0 } }' where id = ${desk.rule}::uuid`,
  )
  return desk
}

/** Somebody without an account, confirmed by the link in the mail. */
async function book(desk: { office: string; service: string }, start: string, who: string): Promise<void> {
  const api = '/api/v1/appointments'
  const { office, service } = desk
  const asking = { headers: { 'x-forwarded-for': `198.51.100.${who.length}` } }
  const hold = (await town.city.json('POST', `${api}/holds`, { service: [service], office, start }, asking)).json()
  const person = { name: who, email: `${who}@example.org` }
  await town.city.json('POST', `${api}/bookings`, { hold: hold.id, code: hold.code, ...person }, asking)
  const code = (await mailsTo(who)).at(-1)!.path!.split('code=')[1]
  await town.city.json('POST', `${api}/bookings/${hold.id}/confirmation`, { code }, asking)
}

describe("Laura changes Monday's hours", () => {
  it('sees three hits, moves two and writes to one, and people get their mails', { timeout: 120_000 }, async () => {
    const desk = await quietOffice()
    const now = today(town.city.clock)
    const monday = now.add({ days: 8 - now.dayOfWeek })
    const at = (time: string) =>
      monday.toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: time }).toInstant().toString()
    for (const [time, who] of [
      ['08:00', 'ida'],
      ['08:30', 'otto'],
      ['09:30', 'uta'],
      ['11:00', 'rosa'],
    ] as const)
      await book(desk, at(time), who)

    const page = await town.open(`/workbench/termine/teams/${desk.team}`, { as: LAURA, width: 1280, height: 900 })
    const watched = watch(page, town.base)
    await page.getByRole('link', { name: 'Ändern' }).first().click()
    await page.getByLabel('Öffnungszeiten').fill('12-10')
    await page.getByRole('button', { name: 'Vorschau ansehen' }).first().click()
    await page.getByRole('link', { name: /Das Ende muss nach dem Beginn liegen/ }).waitFor()
    await page.getByLabel('Öffnungszeiten').fill('10-12')
    await page.getByRole('button', { name: 'Vorschau ansehen' }).first().click()
    expect(await heading(page)).toBe('Bitte prüfen Sie die Änderung')
    await page.getByRole('heading', { name: 'Die Änderung trifft 3 gebuchte Termine' }).waitFor()
    expect(await barriers(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await overflow(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.locator('select[name^="hit."]').last().selectOption({ label: 'anschreiben' })
    await page.getByRole('button', { name: 'Änderung speichern' }).click()
    expect(await heading(page)).toBe('Geänderte Öffnungszeiten')
    await town.city.runJobs()
    await page.getByRole('link', { name: 'Stand neu laden' }).click()
    await page.getByRole('heading', { name: 'Alle Termine sind erledigt' }).waitFor()
    expect(await barriers(page)).toEqual([])
    expect(watched.foreign).toEqual([])
    expect(watched.complaints).toEqual([])

    const last = async (who: string) => (await mailsTo(who)).at(-1)!.subject
    expect(await last('ida')).toContain('Ihr neuer Termin')
    expect(await last('otto')).toContain('Ihr neuer Termin')
    expect(await last('uta')).toContain('Bitte wählen Sie eine neue Zeit')
    expect(await last('rosa')).toContain('Ihr Termin am')
  })
})

describe('the form of a rule', () => {
  it('asks for what belongs to the chosen kind alone, also without scripts', { timeout: 60_000 }, async () => {
    const desk = await quietOffice()
    const path = `/workbench/termine/teams/${desk.team}/regeln/neu`
    const page = await town.open(path, { as: LAURA, javaScript: false })
    const seen = async () => ({
      weekly: await page.getByLabel('Alle wie viele Wochen?').isVisible(),
      monthly: await page.getByLabel('Der wievielte im Monat?').isVisible(),
    })
    expect(await seen()).toEqual({ weekly: true, monthly: false })
    await page.getByLabel('An einem bestimmten Wochentag im Monat').check()
    expect(await seen()).toEqual({ weekly: false, monthly: true })
    await page.getByLabel('Öffnungszeiten').fill('12-10')
    await page.getByRole('button', { name: 'Vorschau ansehen' }).click()
    await page.getByRole('link', { name: /Das Ende muss nach dem Beginn liegen/ }).waitFor()
    expect(await page.getByRole('link', { name: /Wochentag wählen|mindestens einen Wochentag/ }).count()).toBe(0)
    expect(await seen()).toEqual({ weekly: false, monthly: true })
  })
})
