import { describe, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { Browser } from './testing/browser.ts'
import { begin, OWNER, REX } from './testing/dog-form.ts'
import { addStreet } from './testing/street.ts'

const city = await testCity()
await addStreet(city)
await addCitizen(await city.ctx(), { name: 'Anna Becker', email: 'anna@city.example' })

describe('files of a form', () => {
  const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

  test('say before what is refused after', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    expect(browser.page?.body).toContain('Erlaubt: PDF, JPEG, PNG, höchstens 5 MB.')
  })

  async function toProof(browser: Browser): Promise<void> {
    await begin(browser)
    await browser.submit(OWNER)
    await browser.submit({ 'contact/email': 'a@example.org' })
    await browser.submit(REX)
    await browser.submit({ exemption: 'rescue' })
  }
  const proof = (name: string, content: Buffer | string) => [{ field: 'exemptionProof', name, content }]

  test('are kept with the draft, seen by their owner only, and can be removed', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    await browser.submit({}, 'weiter', proof('Prüfung.pdf', PDF))
    expect(browser.title()).toBe('Wie möchten Sie die Steuer zahlen?')
    const page = await browser.get(browser.path.replace('payment', 'exemption-proof'))
    expect(page.body).toContain('Prüfung.pdf')
    const href = /href="([^"]*\/datei\/[^"]*)"/.exec(page.body)?.[1] ?? ''
    const mine = await browser.get(href)
    expect(mine.status).toBe(200)
    expect(mine.bytes.equals(PDF)).toBe(true)
    expect((await new Browser(city).get(href)).status).toBe(404)
    await browser.get(href.replace(/datei.*/, 'exemption-proof'))
    await browser.submit({}, `datei-entfernen=${href.split('/').at(-1)}`)
    expect(browser.page?.body).not.toContain('Prüfung.pdf')
    expect((await browser.get(href)).status).toBe(404)
  })

  test('of somebody whose draft it is not are not kept, not even for a moment', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    const content = Buffer.concat([PDF, Buffer.from('of a stranger')])
    const answer = await city.upload(browser.form().action, proof('a.pdf', content))
    expect(answer.status).toBe(404)
    const { kept } = await one(
      (await city.ctx()).db,
      sql<{ kept: number }>`select count(*) as kept from file_object where bytes = ${content.length}`,
    )
    expect(kept).toBe(0)
  })

  test('sent after the session has ended cost nothing of what was typed beside them', async () => {
    const browser = new Browser(city, 'anna@city.example')
    await toProof(browser)
    const { path } = browser
    browser.signOut()
    await browser.submit({ exemptionReason: 'Rettungshund' }, 'weiter', proof('a.pdf', PDF))
    expect(browser.path).toContain('/anmelden')
    browser.as = 'anna@city.example'
    await browser.get(path)
    expect(browser.form().fields).toMatchObject({ exemptionReason: 'Rettungshund' })
  })

  test.each([
    [
      'a program that calls itself .pdf',
      'proof.pdf',
      Buffer.from('MZ\x90\x00\x03 This program cannot be run in DOS mode'),
      'Diese Art von Datei können wir nicht annehmen',
    ],
    [
      'a page that calls itself .png',
      'proof.png',
      '<html><script>alert(1)</script></html>',
      'Diese Art von Datei können wir nicht annehmen',
    ],
    ['nothing', 'proof.pdf', '', 'Die Datei ist leer'],
    [
      '50 MB into a field for 5 MB',
      'proof.pdf',
      Buffer.concat([PDF, Buffer.alloc(50 * 1024 * 1024)]),
      'Die Datei ist zu groß. Höchstens 5 MB sind möglich.',
    ],
  ])('%s is refused in plain words, and the rest of the page stays', async (_what, name, content, message) => {
    const browser = new Browser(city)
    await toProof(browser)
    await browser.submit({ exemptionReason: 'Rettungshund' }, 'weiter', proof(name, content))
    expect(browser.page?.status).toBe(422)
    expect(browser.errors()[0]).toContain(message)
    expect(browser.form().fields).toMatchObject({ exemptionReason: 'Rettungshund' })
  })

  test('more than the field takes are refused', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    const four = [1, 2, 3, 4].map((at) => ({ field: 'exemptionProof', name: `${at}.pdf`, content: PDF }))
    await browser.submit({}, 'weiter', four)
    expect(browser.errors()[0]).toContain('höchstens 3 Dateien')
  })

  test('a broken upload gets a clear answer', async () => {
    const browser = new Browser(city)
    await toProof(browser)
    const cut = await city.server.inject({
      method: 'POST',
      url: browser.form().action,
      headers: { host: 'localhost', 'content-type': 'multipart/form-data; boundary=x' },
      cookies: { ...browser.cookies },
      payload: '--x\r\ncontent-disposition: form-data; name="exemptionProof"; filename="a.pdf"\r\n\r\n%PDF-1.7',
    })
    expect(cut.statusCode).toBeGreaterThanOrEqual(400)
    expect(cut.statusCode).toBeLessThan(500)
  })
})
