import { describe, expect, test } from 'vitest'
import { ActionRefused } from '#modules/cases/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { qrCodeSvg } from '#platform/html/qr-code.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '../../testing/city.ts'
import { permitPdf } from './document/permit-pdf.ts'
import { check, home, input, issueAction, issued, kaseOf, permitTown } from './testing/permits.ts'
import { reportLoss } from './use-cases/changes.ts'
import { issuePermit } from './use-cases/issue.ts'
import { remindHolders } from './use-cases/remind.ts'

const city = await testCity()
const ctx = await permitTown(city)

describe('a permit', () => {
  test('is issued with number, QR code and an accessible PDF', async () => {
    const kase = kaseOf()
    await check('parking.no-duplicate').run(ctx, kase, { ...input, zone: 'A' })
    const result = await issueAction.run(ctx, kase, input)
    const data = (result as { data: Record<string, string> }).data
    expect(data).toMatchObject({
      zone: 'A',
      plate: 'MU-AB 123',
      validFrom: '13. März 2030',
      validUntil: '12. März 2031',
      validUntilIso: '2031-03-12',
    })
    expect(data['permitNumber']).toMatch(/^BP-2030-/)
    expect(data['qrSvg']).toContain('<svg')
    const file = await ctx.app.files.open(ctx, data['fileId']!)
    const pdf = Buffer.concat(await Array.fromAsync(file!.stream as AsyncIterable<Buffer>))
    expect(file!.file.kind).toBe('application/pdf')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1')).toMatch(/pdfuaid:part/)
  })

  test('is one page to lay behind the windscreen, whatever zone and plate are called', async () => {
    const pdf = await permitPdf(
      ctx,
      {
        zone: 'A12',
        zoneName: 'Innenstadt zwischen Dreiherrschaftseck und Sankt-Katharinen-Vorstadt',
        plate: 'MUE-AB 1234E',
        number: 'BP-2030-XQ46X6',
        from: today(ctx.clock),
        until: today(ctx.clock).add({ months: 12 }),
      },
      await qrCodeSvg('http://localhost/parkausweis/pruefen/K7QM2R9XWB4D'),
    )
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\s/g)).toHaveLength(1)
  })

  test('is issued once a case', async () => {
    const kase = kaseOf()
    await issued(ctx, {}, kase)
    await expect(issued(ctx, {}, kase)).rejects.toThrow(/already/)
  })

  test('is refused where another one has taken car, zone and time meanwhile', async () => {
    await issued(ctx)
    await expect(issued(ctx)).rejects.toThrow(ActionRefused)
  })

  test('is found by its QR code: valid or not, and nothing personal', async () => {
    const wish = {
      plate: 'MU-AB 123',
      zone: 'A',
      from: today(ctx.clock),
      until: today(ctx.clock).add({ months: 12 }),
      holder: { givenName: 'Anna', familyName: 'Becker', birthDate: null },
      address: home,
    }
    const { checkUrl, permit } = await issuePermit(ctx, kaseOf(), wish)
    const path = new URL(checkUrl).pathname
    const page = await city.get(path)
    expect(page.body).toContain('Gültig')
    expect(page.body).toContain('Zone A, gültig bis 12. März 2031.')
    expect(page.body).not.toMatch(/Becker|MU-AB|Gerber.* 12/)
    expect((await city.get(`/api/v1/parking/permits/check/${path.split('/').at(-1)}`)).json()).toEqual({
      valid: true,
      zone: 'A',
      validUntil: '2031-03-12',
    })

    await reportLoss(ctx, permit)
    expect((await city.get(path)).body).toContain('Nicht gültig')
    const [row] = await many(
      ctx.db,
      sql<{
        found: boolean
      }>`select exists (select 1 from parking_permit where check_hash = ${path.split('/').at(-1)!}) as found`,
    )
    expect(row!.found).toBe(false)
  })

  test.each(['x', 'A'.repeat(22), '..%2F..%2Fetc', '%F0%9F%92%A5'])(
    'with the made-up code %s is not valid',
    async (code) => {
      const answer = await city.get(`/parkausweis/pruefen/${code}`)
      expect(answer.status).toBe(200)
      expect(answer.body).toContain('Nicht gültig')
    },
  )
})

describe('the reminder', () => {
  test('is written once, in the last four weeks, unless the next permit is there', async () => {
    const permit = await issued(ctx, { months: '1' })
    await issued(ctx, { plate: 'MU-CD 9', months: '12' })
    expect(await remindHolders(ctx)).toBe(0)
    city.clock.advance({ days: 5 })
    expect(await remindHolders(ctx)).toBe(1)
    expect(await remindHolders(ctx)).toBe(0)
    const [message] = await many(
      ctx.db,
      sql<{ subject: string }>`select subject from notifications_message where subject like '%endet am%'`,
    )
    expect(message!.subject).toBe(`Ihr Parkausweis für ${permit.plate} endet am 12. April 2030`)
  })

  test('is not written to who has renewed', async () => {
    await issued(ctx, { months: '1' })
    await issued(ctx, { from: '2030-04-13' })
    city.clock.advance({ days: 10 })
    expect(await remindHolders(ctx)).toBe(0)
  })
})
