import { expect, it } from 'vitest'
import { addDevice, issueSecret } from '#modules/devices/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { barriers, overflow } from './support/accessibility.ts'
import { heading, journey } from './support/journey.ts'

const ADMIN = 'admin@musterstadt.example'
const town = journey(() => testCity({ seed: true }))

it(
  'a passport is announced, put into a locker, and collected at the terminal by touch alone',
  { timeout: 90_000 },
  async () => {
    const ctx = await town.city.ctx()
    const locker = { id: newId(), name: 'Abholterminal Halle', office: 'buergerbuero-mitte', kind: 'pickup' } as const
    await addDevice(ctx, locker)

    // Staff, at their desk.
    const desk = await town.open('/workbench/abholung/neu', { as: ADMIN })
    await desk.getByLabel('Dokument', { exact: true }).fill('Reisepass')
    await desk.getByLabel('Name').fill('Anna Becker')
    await desk.getByLabel(/^E-Mail/).fill('abholerin@example.org')
    await desk.getByLabel('Wo wird es abgeholt?').selectOption(locker.id)
    await desk.getByRole('button', { name: 'Ankündigen' }).click()
    await desk.getByRole('textbox', { name: 'Fach' }).fill('4')
    await desk.getByRole('button', { name: 'Eingelegt' }).click()
    expect(await desk.getByRole('status').innerText()).toContain('Das Dokument liegt im Fach.')

    const [mail] = await many(
      ctx.db,
      sql<{
        text: string
      }>`select paragraphs::text as text from notifications_message where email = 'abholerin@example.org'`,
    )
    const code = /\d{5} \d{5}/.exec(mail!.text)![0].replace(' ', '')

    // The browser in the hall is set up once, with the link from the sheet.
    const hall = await town.open(`/geraet/einrichten/${(await issueSecret(ctx, locker.id, 'set-up'))!}`, {
      width: 800,
      height: 1280,
    })
    await hall.getByRole('button', { name: 'Jetzt einrichten' }).click()
    expect(await heading(hall)).toBe('Dokument abholen')
    expect(await barriers(hall)).toEqual([])

    // A wrong digit is taken back; nothing is typed on a keyboard.
    await hall.getByRole('button', { name: 'Ziffer 1' }).click()
    await hall.getByRole('button', { name: 'Löschen' }).click()
    for (const digit of code) await hall.getByRole('button', { name: `Ziffer ${digit}` }).click()
    const openButton = hall.getByRole('button', { name: 'Fach öffnen' })
    const lastKey = await hall.getByRole('button', { name: 'Löschen' }).boundingBox()
    // Below the keys, on a screen that is tall.
    expect((await openButton.boundingBox())!.y).toBeGreaterThanOrEqual(lastKey!.y + lastKey!.height)
    await openButton.click()
    expect(await heading(hall)).toBe('Fach 4 ist offen')
    expect(await barriers(hall)).toEqual([])
    expect(await overflow(hall)).toEqual([])
    await hall.getByRole('button', { name: 'Ich habe das Dokument genommen' }).click()
    expect(await hall.getByRole('status').innerText()).toContain('Vielen Dank')

    await desk.reload()
    expect(await desk.getByRole('table').innerText()).toContain('sagt die Person')
  },
)

it('whoever walks away leaves nothing at the terminal', async () => {
  const ctx = await town.city.ctx()
  const locker = { id: newId(), name: 'Abholterminal Hof', office: 'buergerbuero-mitte', kind: 'pickup' } as const
  await addDevice(ctx, locker)
  const hall = await town.open(`/geraet/einrichten/${(await issueSecret(ctx, locker.id, 'set-up'))!}`)
  await hall.clock.install()
  await hall.getByRole('button', { name: 'Jetzt einrichten' }).click()
  await hall.getByLabel('Ihr Abholcode').fill('123')
  await hall.getByRole('button', { name: 'Fach öffnen' }).click()
  expect(await hall.getByLabel('Ihr Abholcode').inputValue()).toBe('123')
  await hall.clock.fastForward(46_000)
  await hall.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=code]')?.value === '')
})
