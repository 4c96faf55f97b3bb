import { describe, expect, it } from 'vitest'
import { mailsTo } from '#modules/appointments/testing/booked.ts'
import { at, freshDesk, LAURA } from '#modules/appointments/testing/desk.ts'
import { testCity } from '#src/testing/city.ts'
import { barriers, overflow } from './support/accessibility.ts'
import { watch } from './support/browser.ts'
import { heading, journey } from './support/journey.ts'

const town = journey(() => testCity({ seed: true }))

describe("Laura changes Monday's hours", () => {
  it('sees three hits, moves two and writes to one, and people get their mails', { timeout: 120_000 }, async () => {
    const desk = await freshDesk(town.city)
    const monday = desk.mondays[0]!
    for (const [time, who] of [
      ['08:00', 'ida'],
      ['08:30', 'otto'],
      ['09:30', 'uta'],
      ['11:00', 'rosa'],
    ] as const)
      await desk.book(at(monday, time), `${who}@example.org`)

    const page = await town.open(`/workbench/termine/teams/${desk.team.id}`, { as: LAURA, width: 1280, height: 900 })
    const watched = watch(page, town.base)
    await page.getByRole('link', { name: 'Ändern' }).first().click()
    await page.getByLabel('Öffnungszeiten').fill('12-10')
    await page.getByRole('button', { name: 'Vorschau ansehen' }).first().click()
    await page.getByRole('link', { name: /Das Ende liegt vor dem Beginn/ }).waitFor()
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

    const ctx = await town.city.ctx()
    const last = async (who: string) => (await mailsTo(ctx, `${who}@example.org`)).at(-1)!.subject
    expect(await last('ida')).toContain('Ihr neuer Termin')
    expect(await last('otto')).toContain('Ihr neuer Termin')
    expect(await last('uta')).toContain('Bitte wählen Sie eine neue Zeit')
    expect(await last('rosa')).toContain('Ihr Termin am')
  })
})
