import { describe, expect, test } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { accountByEmail, addCitizen, addStaff, readDataSafe } from './public.ts'
import { catchMails, codeOf } from './testing.ts'

const city = await testCity()
const ctx = await city.ctx()
const mails = catchMails(city.app)
const PASSWORD = 'vier blaue Stühle'
await addCitizen(ctx, { name: 'Ida Test', email: 'ida@example.org', password: PASSWORD })

const ask = (path: string, mail: string) => city.post(path, { mail })
const lastMail = () => mails.at(-1)!
const pathOf = (mail: (typeof mails)[number]) => mail.link?.path ?? ''

async function register(mail: string) {
  await ask('/registrieren', mail)
  return codeOf(lastMail())
}
const finish = (code: string, more: Record<string, string> = {}) =>
  city.post('/registrieren/abschliessen', { code, givenName: 'Ben', familyName: 'Neu', password: PASSWORD, ...more })

describe('registering', () => {
  test('a link comes by mail; behind it one says name and password, and is signed in', async () => {
    const asked = await ask('/registrieren', ' Ben@Example.ORG ')
    expect(asked.location).toBe('/registrieren/gesendet')
    expect(lastMail().to.email).toBe('ben@example.org')
    const page = await city.get(pathOf(lastMail()))
    expect(page.body).toContain('ben@example.org')
    const done = await finish(codeOf(lastMail()))
    expect(done.location).toBe('/konto')
    expect((await city.get('/konto', { cookies: done.cookies })).body).toContain('Guten Tag, Ben Neu')
    const account = await accountByEmail(ctx, 'BEN@example.org')
    expect(await readDataSafe(ctx, account!.id, 'Test')).toMatchObject({
      givenName: 'Ben',
      familyName: 'Neu',
      vehicles: [],
    })
  })

  test('nobody has an account before the link is opened', async () => {
    await register('spaeter@example.org')
    expect(await accountByEmail(ctx, 'spaeter@example.org')).toBeNull()
  })

  test('a link works once', async () => {
    const code = await register('einmal@example.org')
    expect((await finish(code)).status).toBe(303)
    expect((await finish(code)).status).toBe(410)
    expect((await city.get(`/registrieren/abschliessen?code=${code}`)).status).toBe(410)
  })

  test('a password that was right is asked for again beside another error, as its field comes back empty', async () => {
    const code = await register('vorname@example.org')
    const again = 'Bitte geben Sie das Passwort noch einmal ein.'
    expect((await finish(code, { givenName: '' })).body).toContain(again)
    expect((await finish(code, { password: 'kurz' })).body).not.toContain(again)
  })

  test('of two who open the same link at once, one gets the account', async () => {
    const code = await register('doppelt@example.org')
    const statuses = (await Promise.all([finish(code), finish(code), finish(code)])).map((answer) => answer.status)
    expect(statuses.toSorted()).toEqual([303, 410, 410])
  })

  test('a link works for 24 hours', async () => {
    const code = await register('frist@example.org')
    city.clock.advance({ hours: 24, minutes: 1 })
    expect((await finish(code)).status).toBe(410)
  })

  test('a registration link chooses no password, a reset link registers nobody', async () => {
    const code = await register('zweck@example.org')
    expect((await city.post('/passwort-vergessen/neu', { code, password: PASSWORD })).status).toBe(410)
    await ask('/passwort-vergessen', 'ida@example.org')
    expect((await finish(codeOf(lastMail()))).status).toBe(410)
  })

  test('who has an account sees the same page, and gets another mail', async () => {
    city.clock.advance({ minutes: 20 })
    const known = await ask('/registrieren', 'IDA@example.org')
    const knownMail = lastMail()
    const unknown = await ask('/registrieren', 'fremd@example.org')
    expect({ ...known, headers: strip(known.headers) }).toEqual({
      ...unknown,
      headers: strip(unknown.headers),
      json: expect.any(Function),
    })
    expect(knownMail.subject).toContain('Sie haben schon eines')
    expect(knownMail.to.email).toBe('ida@example.org')
    expect(pathOf(knownMail)).toMatch(/^\/passwort-vergessen\/neu\?code=/)
  })

  test('a look-alike of a known address never diverts the mail', async () => {
    // U+212A, the Kelvin sign, becomes a k in small letters.
    await addCitizen(ctx, { name: 'Kim', email: 'kim@example.org' })
    await ask('/passwort-vergessen', '\u212Aim@example.org')
    expect(lastMail().to.email).toBe('kim@example.org')
  })

  test('the mail comes in the language of the page', async () => {
    await ask('/en/registrieren', 'english@example.org')
    expect(lastMail().subject).toContain('Your account with')
  })

  test('nobody fills a mailbox: three links in 15 minutes, known or not', async () => {
    for (const mail of ['ida@example.org', 'voll@example.org']) {
      city.clock.advance({ minutes: 20 })
      const statuses = []
      for (let i = 0; i < 4; i += 1)
        statuses.push((await ask(i % 2 ? '/registrieren' : '/passwort-vergessen', mail)).status)
      expect(statuses).toEqual([303, 303, 303, 429])
    }
  })

  test('one machine asks for at most twenty links', async () => {
    city.clock.advance({ minutes: 20 })
    const statuses = []
    for (let i = 0; i < 21; i += 1) statuses.push((await ask('/registrieren', `viele-${i}@example.org`)).status)
    expect(statuses.filter((status) => status === 303)).toHaveLength(20)
    expect(statuses[20]).toBe(429)
    city.clock.advance({ minutes: 20 })
  })

  test.each([
    '',
    'anna',
    'anna@',
    '@example.org',
    'a b@example.org',
    'anna@example',
    'a@b@c.de',
    `${'x'.repeat(300)}@example.org`,
    'anna@-example.org',
    'anna..a@example.org',
    'anna@127.0.0.1',
    'anna@example.org\r\nBcc: x@example.org',
  ])('the address %j is refused, and stays to be corrected', async (mail) => {
    const count = mails.length
    const answer = await ask('/registrieren', mail)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('href="#f-mail"')
    expect(mails).toHaveLength(count)
  })

  test.each([
    ['Jürgen.Weiß@Bücher.example', 'jürgen.weiß@xn--bcher-kva.example'],
    ['用户@例子.广告', '用户@xn--fsqu00a.xn--4rr70v'],
    ['ΑΝΝΑ+permit@example.org', 'αννα+permit@example.org'],
  ])('the address %s is taken in its normal form', async (typed, normal) => {
    city.clock.advance({ minutes: 16 })
    expect((await ask('/registrieren', typed)).status).toBe(303)
    expect(lastMail().to.email).toBe(normal)
  })

  test.each([
    ['kurz', 'mindestens 10 Zeichen'],
    ['x'.repeat(10_240), 'höchstens 200 Zeichen'],
    ['passwort1234', 'oft benutzt'],
    ['1234567890', 'oft benutzt'],
    ['aaaaaaaaaaaa', 'oft benutzt'],
    ['schwach@example.org', 'nicht Ihre E-Mail-Adresse'],
  ])('the password %j is refused with a reason, and the link still works', async (password, words) => {
    city.clock.advance({ minutes: 16 })
    const code = await register('schwach@example.org')
    const answer = await finish(code, { password })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
    expect(answer.body).toContain('value="Ben"')
    expect((await finish(code, { givenName: '' })).status).toBe(422)
  })

  test('the same password typed on another keyboard (composed or not) signs in', async () => {
    city.clock.advance({ minutes: 16 })
    const code = await register('tastatur@example.org')
    await finish(code, { password: 'Stu\u0308hle und Tische' })
    const answer = await city.post('/anmelden', { mail: 'tastatur@example.org', password: 'Stühle und Tische' })
    expect(answer.status).toBe(303)
  })
})

describe('forgetting a password', () => {
  test('the answer is the same for everybody; who has no account is told so by mail', async () => {
    city.clock.advance({ minutes: 20 })
    const known = await ask('/passwort-vergessen', 'ida@example.org')
    const unknown = await ask('/passwort-vergessen', 'niemand@example.org')
    expect({ ...known, headers: strip(known.headers) }).toEqual({
      ...unknown,
      headers: strip(unknown.headers),
      json: expect.any(Function),
    })
    expect(lastMail().subject).toContain('kein Konto')
  })

  test('the new password works, the old one does not, and everything that was open is closed', async () => {
    city.clock.advance({ minutes: 20 })
    const before = await city.post('/anmelden', { mail: 'ida@example.org', password: PASSWORD })
    const { bearer } = await city.sessionOf('ida@example.org')
    await ask('/passwort-vergessen', 'ida@example.org')
    const first = codeOf(lastMail())
    await ask('/passwort-vergessen', 'ida@example.org')
    const second = codeOf(lastMail())
    const done = await city.post('/passwort-vergessen/neu', { code: second, password: 'fünf gelbe Lampen' })
    expect(done.location).toBe('/anmelden?hinweis=passwort-gewaehlt')
    expect((await city.post('/passwort-vergessen/neu', { code: first, password: 'sechs rote Bälle' })).status).toBe(410)
    expect((await city.get('/konto', { cookies: before.cookies })).status).toBe(303)
    expect(
      (await city.json('GET', '/api/v1/me', undefined, { headers: { authorization: `Bearer ${bearer}` } })).status,
    ).toBe(401)
    expect((await city.post('/anmelden', { mail: 'ida@example.org', password: PASSWORD })).status).toBe(422)
    expect((await city.post('/anmelden', { mail: 'ida@example.org', password: 'fünf gelbe Lampen' })).status).toBe(303)
    expect(lastMail().subject).toContain('Passwort geändert')
  })

  test('two people who use one link at once: one sets the password', async () => {
    city.clock.advance({ minutes: 20 })
    await ask('/passwort-vergessen', 'ida@example.org')
    const code = codeOf(lastMail())
    const choose = (password: string) => city.post('/passwort-vergessen/neu', { code, password })
    const answers = await Promise.all([choose('sieben grüne Hüte'), choose('acht weiße Türen')])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, 410])
  })

  test('a link works for one hour', async () => {
    city.clock.advance({ minutes: 20 })
    await ask('/passwort-vergessen', 'ida@example.org')
    city.clock.advance({ minutes: 61 })
    expect((await city.get(pathOf(lastMail()))).status).toBe(410)
  })

  test('after a reset one need not wait for the end of the limit', async () => {
    city.clock.advance({ minutes: 20 })
    for (let i = 0; i < 11; i += 1) await city.post('/anmelden', { mail: 'ida@example.org', password: 'falsch' })
    await ask('/passwort-vergessen', 'ida@example.org')
    await city.post('/passwort-vergessen/neu', { code: codeOf(lastMail()), password: 'neun schwarze Katzen' })
    expect((await city.post('/anmelden', { mail: 'ida@example.org', password: 'neun schwarze Katzen' })).status).toBe(
      303,
    )
  })

  test('a disabled account gets no link', async () => {
    const staff = await addStaff(ctx, {
      name: 'Weg',
      email: 'weg@example.org',
      unit: 'rathaus',
      roles: [],
      password: PASSWORD,
    })
    await sql`update accounts_account set disabled_at = now() where id = ${staff.id}`.execute(ctx.db)
    city.clock.advance({ minutes: 20 })
    await ask('/passwort-vergessen', 'weg@example.org')
    expect(lastMail().link).toBeUndefined()
    const answer = await city.post('/anmelden', { mail: 'weg@example.org', password: PASSWORD })
    expect(answer.body).toContain('Ihr Konto ist gesperrt')
  })

  test('the database holds no code, only its hash', async () => {
    await ask('/passwort-vergessen', 'ida@example.org')
    const code = codeOf(lastMail())
    const rows = await many(ctx.db, sql<{ row: string }>`select t::text as row from accounts_token t`)
    expect(rows.some(({ row }) => row.includes(code))).toBe(false)
  })

  test.each(['', 'x', 'A'.repeat(43), "' or 1=1 --", 'A'.repeat(100_000)])(
    'a made-up code (%#) opens nothing',
    async (code) => {
      expect((await city.post('/passwort-vergessen/neu', { code, password: PASSWORD })).status).toBe(410)
      expect((await city.post('/registrieren/abschliessen', { code, password: PASSWORD })).status).toBe(410)
    },
  )
})

const strip = (headers: Readonly<Record<string, unknown>>) => {
  const { 'x-request-id': _id, date: _date, ...rest } = headers
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('x-ratelimit')))
}
