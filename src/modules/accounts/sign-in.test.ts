import { describe, expect, test } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { addCitizen, addStaff, addUnit } from './public.ts'

const city = await testCity()
const ctx = await city.ctx()
const PASSWORD = 'vier blaue Stühle'
await addUnit(ctx, { id: 'amt-eins', parentId: 'rathaus', name: { de: 'Amt Eins', en: 'Office One' } })
await addUnit(ctx, { id: 'abteilung', parentId: 'amt-eins', name: { de: 'Abteilung', en: 'Section' } })
await addCitizen(ctx, { name: 'Ida Test', email: 'Ida@Example.org', password: PASSWORD })
await addStaff(ctx, {
  name: 'Karl Amt',
  email: 'karl@example.org',
  unit: 'amt-eins',
  roles: ['head'],
  password: PASSWORD,
})

const signIn = (
  mail: string,
  password = PASSWORD,
  more: { next?: string; ip?: string; cookies?: Record<string, string> } = {},
) =>
  city.post(
    '/anmelden',
    { mail, password, ...(more.next === undefined ? {} : { next: more.next }) },
    { cookies: more.cookies },
  )

describe('signing in', () => {
  test('the right password opens a session and leads to the account', async () => {
    const answer = await signIn('ida@example.org')
    expect(answer.status).toBe(303)
    expect(answer.location).toBe('/konto')
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^rathaus_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    )
    const page = await city.get('/konto', { cookies: answer.cookies })
    expect(page.body).toContain('Guten Tag, Ida Test')
  })

  test('staff go to the workbench, and may do things in their unit and those below', async () => {
    const answer = await signIn('KARL@example.org')
    expect(answer.location).toBe('/workbench')
    const asking = await city.ctx({ as: 'karl@example.org' })
    expect(asking.account?.permissions.get('accounts.manage')?.toSorted()).toEqual(['abteilung', 'amt-eins'])
    expect(asking.account?.permissions.get('parking.enforce')).toBeUndefined()
  })

  test('the database holds no token, only its hash', async () => {
    const answer = await signIn('ida@example.org')
    const rows = await many(ctx.db, sql<{ row: string }>`select s::text as row from accounts_session s`)
    expect(rows.some(({ row }) => row.includes(answer.cookies.rathaus_session!))).toBe(false)
  })

  test('the answer does not tell whether an address is known', async () => {
    const known = await signIn('ida@example.org', 'nicht das Passwort')
    const unknown = await signIn('xda@example.org', 'nicht das Passwort')
    expect(known.status).toBe(422)
    expect(unknown.status).toBe(422)
    expect(unknown.body.replace('xda@', 'ida@')).toBe(known.body)
    expect(Object.keys(unknown.headers).toSorted()).toEqual(Object.keys(known.headers).toSorted())
  })

  test('nor does the time that it takes', async () => {
    const timeOf = async (mail: string) => {
      const start = performance.now()
      await signIn(mail, 'nicht das Passwort')
      return performance.now() - start
    }
    const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
    const times = { known: [] as number[], unknown: [] as number[] }
    // In turn, so that both see the same machine, however busy it is.
    for (let i = 0; i < 15; i += 1) {
      city.clock.advance({ minutes: 20 })
      times.unknown.push(await timeOf(`niemand-${i}@example.org`))
      times.known.push(await timeOf('ida@example.org'))
    }
    const [known, unknown] = [median(times.known), median(times.unknown)]
    // Hashing takes some 20 ms; had it been left out, the ratio would be above 3.
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2)
  })

  test('what was typed stays, the password does not', async () => {
    const answer = await signIn('"><b>ida@example.org', 'geheim geheim')
    expect(answer.body).toContain('&quot;&gt;&lt;b&gt;ida@example.org')
    expect(answer.body).not.toContain('geheim geheim')
  })

  test.each([
    ['a NUL byte in the password', 'ida@example.org', 'vier\u0000blaue', 400],
    ['a password of 10 kB', 'ida@example.org', 'x'.repeat(10_240), 422],
    ['nothing at all', '', '', 422],
    ['an address in letters of another script', 'идa@пример.рф', 'x', 422],
    ['an address of a thousand letters', `${'a'.repeat(1_000)}@example.org`, 'x', 422],
  ])('%s gets a clear answer', async (_name, mail, password, status) => {
    expect((await signIn(mail, password)).status).toBe(status)
  })
})

describe('limits', () => {
  test('after ten wrong passwords the address has to wait, even with the right one and from elsewhere; then it works again', async () => {
    await addCitizen(ctx, { name: 'Lea', email: 'lea@example.org', password: PASSWORD })
    city.clock.advance({ minutes: 20 })
    const answers = await Promise.all(Array.from({ length: 14 }, () => signIn('Lea@example.org', 'falsch falsch')))
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(10)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(4)
    const right = await signIn('lea@example.org')
    expect(right.status).toBe(429)
    expect(right.body).toMatch(/Bitte warten Sie (eine Minute|\d+ Minuten)/)
    city.clock.advance({ minutes: 15 })
    expect((await signIn('lea@example.org')).status).toBe(303)
  })

  test('an unknown address is limited in the same way', async () => {
    city.clock.advance({ minutes: 20 })
    const statuses = []
    for (let i = 0; i < 11; i += 1) statuses.push((await signIn('gibt-es-nicht@example.org', 'x')).status)
    expect(statuses.slice(0, 10).every((status) => status === 422)).toBe(true)
    expect(statuses[10]).toBe(429)
  })

  test('one machine that tries many people is stopped', async () => {
    city.clock.advance({ minutes: 20 })
    const statuses = []
    for (let i = 0; i < 51; i += 1) statuses.push((await signIn(`mensch-${i}@example.org`, 'x')).status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(50)
    expect(statuses[50]).toBe(429)
    city.clock.advance({ minutes: 20 })
  })
})

describe('where it goes on', () => {
  test.each([
    ['/meine-antraege?seite=2', '/meine-antraege?seite=2'],
    ['/en/meine-antraege', '/en/meine-antraege'],
    ['//evil.example', '/konto'],
    ['/\\evil.example', '/konto'],
    ['/%5cevil.example/..//', undefined],
    ['https://evil.example/', '/konto'],
    ['/\t/evil.example', '/konto'],
    ['/.//evil.example', '/konto'],
    ['javascript:alert(1)', '/konto'],
    ['/anmelden?next=/anmelden', '/konto'],
  ])('after signing in with next=%s', async (next, expected) => {
    city.clock.advance({ minutes: 16 })
    const { location } = await signIn('ida@example.org', PASSWORD, { next })
    if (expected !== undefined) expect(location).toBe(expected)
    expect(new URL(location, 'http://localhost').origin).toBe('http://localhost')
  })

  test('a page of the account asks to sign in first, and comes back', async () => {
    const answer = await city.get('/konto/einsicht?seite=1')
    expect(answer.status).toBe(303)
    expect(answer.location).toBe('/anmelden?next=%2Fkonto%2Feinsicht%3Fseite%3D1')
    const page = await city.get(answer.location)
    expect(page.body).toContain('name="next" value="/konto/einsicht?seite=1"')
    expect(page.body).toContain('Bitte melden Sie sich an')
  })
})

describe('sessions', () => {
  test('a button pressed after the session has ended leads to signing in, and back to the page on which it stands', async () => {
    const press = (referer: string) =>
      city.post('/workbench/aufruf/besuch', { was: 'weiter' }, { headers: { referer } })
    const refused = await press('http://localhost/workbench/aufruf?zuletzt=1')
    expect(refused.status).toBe(401)
    expect(refused.body).toContain('href="/anmelden?next=%2Fworkbench%2Faufruf%3Fzuletzt%3D1"')
    for (const foreign of ['http://evil.example/workbench', 'nothing', ''])
      expect((await press(foreign)).body).toContain('href="/anmelden"')
  })

  test('a cookie that somebody planted is never raised to a session', async () => {
    city.clock.advance({ minutes: 16 })
    const planted = 'A'.repeat(43)
    const answer = await signIn('ida@example.org', PASSWORD, { cookies: { rathaus_session: planted } })
    expect(answer.cookies.rathaus_session).not.toBe(planted)
    expect((await city.get('/konto', { cookies: { rathaus_session: planted } })).status).toBe(303)
  })

  test('signing in again ends the session that the browser had', async () => {
    const first = await signIn('ida@example.org')
    const second = await signIn('ida@example.org', PASSWORD, { cookies: first.cookies })
    expect((await city.get('/konto', { cookies: first.cookies })).status).toBe(303)
    expect((await city.get('/konto', { cookies: second.cookies })).status).toBe(200)
  })

  test('signing out ends it on the server, too', async () => {
    const { cookies } = await signIn('ida@example.org')
    const out = await city.post('/abmelden', {}, { cookies })
    expect(out.status).toBe(303)
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0')
    expect((await city.get('/konto', { cookies })).status).toBe(303)
  })

  test('a citizen who does nothing is signed out after two hours, staff after half an hour', async () => {
    const citizen = await signIn('ida@example.org')
    const staff = await signIn('karl@example.org')
    city.clock.advance({ minutes: 29 })
    expect((await city.get('/konto', { cookies: staff.cookies })).status).toBe(200)
    city.clock.advance({ minutes: 31 })
    expect((await city.get('/konto', { cookies: staff.cookies })).status).toBe(303)
    expect((await city.get('/konto', { cookies: citizen.cookies })).status).toBe(200)
    city.clock.advance({ minutes: 121 })
    expect((await city.get('/konto', { cookies: citizen.cookies })).status).toBe(303)
  })

  test('even who works all the time has to sign in again after 12 hours', async () => {
    const { cookies } = await signIn('karl@example.org')
    for (let i = 0; i < 35; i += 1) {
      city.clock.advance({ minutes: 20 })
      expect((await city.get('/konto', { cookies })).status).toBe(200)
    }
    city.clock.advance({ minutes: 21 })
    expect((await city.get('/konto', { cookies })).status).toBe(303)
  })

  test('reading pages writes at most once a minute', async () => {
    const { cookies } = await signIn('ida@example.org')
    const version = async () =>
      (
        await many(
          ctx.db,
          sql<{ v: string }>`select xmin::text as v from accounts_session order by created_at desc limit 1`,
        )
      )[0]?.v
    const before = await version()
    city.clock.advance({ seconds: 59 })
    await city.get('/konto', { cookies })
    expect(await version()).toBe(before)
    city.clock.advance({ seconds: 1 })
    await city.get('/konto', { cookies })
    expect(await version()).not.toBe(before)
  })

  test.each([
    ['empty', ''],
    ['short', 'x'],
    ['one of ours by its shape', 'A'.repeat(43)],
    ['endless', 'A'.repeat(5_000)],
    ['a NUL byte', '%00'],
    ['no UTF-8', '%ff'],
    ['SQL', "' or 1=1 --"],
  ])('a cookie that is %s signs nobody in and breaks nothing', async (_name, cookie) => {
    expect((await city.get('/konto', { headers: { cookie: `rathaus_session=${cookie}` } })).status).toBe(303)
  })
})
