import { describe, expect, test } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { accountByEmail, accountById, addCitizen, addStaff, readDataSafe, writeDataSafe } from './public.ts'
import { catchMails, codeOf } from './testing.ts'

const city = await testCity()
const ctx = await city.ctx()
const mails = catchMails(city.app)
const PASSWORD = 'vier blaue Stühle'
const ida = await addCitizen(ctx, { name: 'Ida Test', email: 'ida@example.org', password: PASSWORD })
const other = await addCitizen(ctx, { name: 'Otto Anders', email: 'otto@example.org', password: PASSWORD })
const paul = await addCitizen(ctx, { name: 'Paul Dritter', email: 'paul@example.org', password: PASSWORD })
await addStaff(ctx, {
  name: 'Karl Amt',
  email: 'karl@example.org',
  unit: 'rathaus',
  roles: ['clerk'],
  password: PASSWORD,
})
const as = { as: 'ida@example.org' }

const signIn = (mail: string, password = PASSWORD) => city.post('/anmelden', { mail, password })

describe('the data safe', () => {
  test('what is entered stands there, and can be changed and emptied', async () => {
    const answer = await city.post(
      '/konto/daten',
      {
        what: 'person',
        givenName: ' Ida ',
        familyName: 'Test',
        'birthDate.day': '3',
        'birthDate.month': '4',
        'birthDate.year': '1988',
        street: 'Seestraße',
        houseNumber: '12a',
        postcode: '70173',
        place: 'Musterstadt',
        telephone: '0711 123456',
      },
      as,
    )
    expect(answer.location).toBe('/konto/daten?hinweis=gespeichert')
    expect(await readDataSafe(ctx, ida.id, 'Test')).toMatchObject({
      givenName: 'Ida',
      birthDate: '1988-04-03',
      houseNumber: '12a',
      email: 'ida@example.org',
    })
    const page = await city.get('/konto/daten', as)
    expect(page.body).toContain('value="Seestraße"')
    await city.post('/konto/daten/leeren', {}, as)
    expect(await readDataSafe(ctx, ida.id, 'Test')).toMatchObject({ givenName: null, birthDate: null, vehicles: [] })
  })

  test.each([
    [
      { 'birthDate.day': '30', 'birthDate.month': '2', 'birthDate.year': '1990' },
      'Geburtsdatum mit Tag, Monat und Jahr',
    ],
    [
      { 'birthDate.day': 'x', 'birthDate.month': '2', 'birthDate.year': '1990' },
      'Geburtsdatum mit Tag, Monat und Jahr',
    ],
    [{ 'birthDate.day': '1', 'birthDate.month': '1', 'birthDate.year': '2199' }, 'liegt in der Zukunft'],
    [{ 'birthDate.day': '1', 'birthDate.month': '1', 'birthDate.year': '1799' }, 'sehr weit zurück'],
    [{ postcode: '7017' }, 'Postleitzahl mit fünf Ziffern'],
    [{ houseNumber: 'zwölf' }, 'Hausnummer so ein'],
    [{ telephone: 'ruf an' }, 'Telefonnummer mit Ziffern'],
    [{ givenName: 'x'.repeat(81) }, 'höchstens 80 Zeichen'],
    [{ street: 'x'.repeat(10_000) }, 'höchstens 100 Zeichen'],
  ])('%o is refused with words that help, and what was typed stays', async (fields, words) => {
    const answer = await city.post('/konto/daten', { what: 'person', place: 'Bleibt', ...fields }, as)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
    expect(answer.body).toContain('value="Bleibt"')
  })

  test('vehicles are added once, in the form of a plate, and removed', async () => {
    const add = (plate: string, description = '') =>
      city.post('/konto/daten', { what: 'vehicle', plate, description }, as)
    expect((await add('s-ab1234', 'roter Kombi')).status).toBe(303)
    expect((await add('S AB 1234')).body).toContain('steht schon in der Liste')
    expect((await add('gar keins')).body).toContain('Kennzeichen so ein')
    expect((await readDataSafe(ctx, ida.id, 'Test')).vehicles).toEqual([
      { plate: 'S-AB 1234', description: 'roter Kombi' },
    ])
    await city.post('/konto/daten', { what: 'remove-vehicle', plate: 'S-AB 1234' }, as)
    expect((await readDataSafe(ctx, ida.id, 'Test')).vehicles).toEqual([])
    for (let i = 1; i <= 10; i += 1) await add(`S-AB ${i}`)
    expect((await add('S-AB 11')).body).toContain('bis zu 10 Fahrzeuge')
  })

  test('every reading is noted with who and what for, and the person sees it', async () => {
    await readDataSafe(await city.ctx(as), ida.id, { de: 'Antrag ausfüllen', en: 'Filling in' })
    await readDataSafe(await city.ctx({ as: 'karl@example.org' }), ida.id, 'Prüfung des Antrags')
    const page = await city.get('/konto/einsicht', as)
    expect(page.body).toContain('Sie selbst')
    expect(page.body).toContain('Rathaus')
    expect(page.body).toContain('Prüfung des Antrags')
    expect(page.body).toContain('Das Programm der Stadt')
    expect(page.body).not.toContain('Karl Amt')
    expect((await city.get('/konto/einsicht', { as: 'otto@example.org' })).body).toContain('Noch niemand')
  })

  test('a citizen cannot be made to read or write the data of another', async () => {
    const asking = await city.ctx(as)
    await expect(readDataSafe(asking, other.id, 'x')).rejects.toThrow('another data safe')
    await expect(writeDataSafe(asking, other.id, { givenName: 'x' })).rejects.toThrow('another data safe')
  })
})

describe('sign-in and security', () => {
  test('changing the password needs the old one, ends other sessions and keeps this one', async () => {
    const here = await signIn('otto@example.org')
    const there = await signIn('otto@example.org')
    const change = (current: string, password: string) =>
      city.post('/konto/sicherheit', { what: 'password', current, password }, { cookies: here.cookies })
    const wrong = await change('falsch', 'zehn lange Würmer')
    expect(wrong.body).toContain('Passwort ist nicht richtig')
    expect(wrong.body).toContain('Bitte geben Sie das Passwort noch einmal ein.')
    expect((await change(PASSWORD, 'kurz')).body).toContain('mindestens 10 Zeichen')
    expect((await change(PASSWORD, 'zehn lange Würmer')).location).toBe('/konto/sicherheit?hinweis=passwort')
    expect((await city.get('/konto', { cookies: here.cookies })).status).toBe(200)
    expect((await city.get('/konto', { cookies: there.cookies })).status).toBe(303)
    expect(mails.at(-1)?.subject).toContain('Passwort geändert')
    await change('zehn lange Würmer', PASSWORD)
  })

  test('who has a stolen session cannot try passwords without end', async () => {
    const { cookies } = await signIn('otto@example.org')
    const statuses = []
    for (let i = 0; i < 11; i += 1)
      statuses.push(
        (
          await city.post(
            '/konto/sicherheit',
            { what: 'password', current: 'falsch', password: 'zehn lange Würmer' },
            { cookies },
          )
        ).status,
      )
    expect(statuses[9]).toBe(422)
    expect(statuses[10]).toBe(429)
    city.clock.advance({ minutes: 16 })
  })

  test('sessions are listed, and each or all others can be ended; those of others cannot', async () => {
    const here = await signIn('otto@example.org')
    const there = await signIn('otto@example.org')
    const page = await city.get('/konto/sicherheit', { cookies: here.cookies })
    expect(page.body).toContain('dieses Gerät')
    const end = /sitzungen\/([0-9a-f-]{36})\/beenden/.exec(page.body)![1]!
    expect((await city.post(`/konto/sicherheit/sitzungen/${end}/beenden`, {}, as)).status).toBe(404)
    expect((await city.post(`/konto/sicherheit/sitzungen/nonsense/beenden`, {}, as)).status).toBe(404)
    expect((await city.post(`/konto/sicherheit/sitzungen/${end}/beenden`, {}, { cookies: here.cookies })).status).toBe(
      303,
    )
    await city.post('/konto/sicherheit/sitzungen/beenden', {}, { cookies: here.cookies })
    expect((await city.get('/konto', { cookies: there.cookies })).status).toBe(303)
    expect((await city.get('/konto', { cookies: here.cookies })).status).toBe(200)
  })

  test('a new mail address counts once its link was opened, and the old one is told', async () => {
    const answer = await city.post(
      '/konto/sicherheit',
      { what: 'mail', mail: 'Ida.Neu@example.org', mailPassword: PASSWORD },
      as,
    )
    expect(answer.location).toBe('/konto/sicherheit?hinweis=mail-gesendet')
    expect(mails.at(-1)?.to.email).toBe('ida.neu@example.org')
    const code = codeOf(mails.at(-1))
    expect(await accountByEmail(ctx, 'ida.neu@example.org')).toBeNull()
    expect((await city.get(`/konto/mail-bestaetigen?code=${code}`, { as: 'paul@example.org' })).status).toBe(410)
    expect((await city.post('/konto/mail-bestaetigen', { code }, { as: 'paul@example.org' })).status).toBe(410)
    expect((await city.get(`/konto/mail-bestaetigen?code=${code}`, as)).body).toContain('ida.neu@example.org')
    expect((await city.post('/konto/mail-bestaetigen', { code }, as)).location).toBe('/konto/sicherheit?hinweis=mail')
    expect((await accountById(ctx, ida.id))?.email).toBe('ida.neu@example.org')
    expect(mails.at(-1)?.to.email).toBe('ida@example.org')
    expect((await city.post('/konto/mail-bestaetigen', { code }, as)).status).toBe(410)
  })

  test('the address of another account looks just the same on the page', async () => {
    const answer = await city.post(
      '/konto/sicherheit',
      { what: 'mail', mail: 'OTTO@example.org', mailPassword: PASSWORD },
      as,
    )
    expect(answer.location).toBe('/konto/sicherheit?hinweis=mail-gesendet')
    expect(mails.at(-1)).toMatchObject({ to: { email: 'otto@example.org' } })
    expect(mails.at(-1)?.link).toBeUndefined()
  })
})

describe('JSON operations', () => {
  test('say who one is, and read and write the data safe with the same rules as the page', async () => {
    const asPaul = { as: 'paul@example.org' }
    expect((await city.json('GET', '/api/v1/me', undefined, asPaul)).json()).toMatchObject({
      kind: 'citizen',
      name: 'Paul Dritter',
      assurance: 'none',
    })
    const put = await city.json(
      'PUT',
      '/api/v1/me/data-safe',
      { givenName: 'Otto', vehicles: [{ plate: 's-x 1' }] },
      asPaul,
    )
    expect(put.json()).toMatchObject({ givenName: 'Otto', vehicles: [{ plate: 'S-X 1', description: null }] })
    const bad = await city.json(
      'PUT',
      '/api/v1/me/data-safe',
      { birthDate: '1990-02-30', vehicles: [{ plate: '?' }] },
      asPaul,
    )
    expect(bad.status).toBe(422)
    expect(bad.json().errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '#/birthDate',
      '#/vehicles/0/plate',
    ])
    expect(
      (await city.json('PUT', '/api/v1/me/data-safe', { email: 'x@example.org' }, asPaul)).status,
    ).toBeGreaterThanOrEqual(400)
    await readDataSafe(await city.ctx(asPaul), paul.id, 'Test')
    expect((await city.json('GET', '/api/v1/me/readings', undefined, asPaul)).json().readings).toHaveLength(1)
    expect((await city.json('GET', '/api/v1/me')).status).toBe(401)
  })
})

describe('privacy', () => {
  test('the export holds what the account has in every module, and nothing of others', async () => {
    const answer = await city.post('/konto/datenschutz/daten', {}, as)
    expect(String(answer.headers['content-disposition'])).toContain('meine-daten.json')
    const { data } = answer.json() as { data: Record<string, unknown> }
    const modules = city.app.modules.filter((module) => module.privacy).map((module) => module.name)
    expect(Object.keys(data).toSorted()).toEqual(modules.toSorted())
    expect(JSON.stringify(data.accounts)).toContain('S-AB 1')
    expect(answer.body).not.toContain('otto@example.org')
  })

  test('deleting needs the password, takes everything along, and signs out', async () => {
    const { cookies } = await signIn('otto@example.org')
    expect((await city.post('/konto/datenschutz/loeschen', { password: 'falsch' }, { cookies })).status).toBe(422)
    const done = await city.post('/konto/datenschutz/loeschen', { password: PASSWORD }, { cookies })
    expect(done.location).toBe('/anmelden?hinweis=konto-geloescht')
    expect(await accountById(ctx, other.id)).toBeNull()
    for (const table of [
      'accounts_session',
      'accounts_safe',
      'accounts_vehicle',
      'accounts_safe_reading',
      'accounts_token',
    ])
      expect(await many(ctx.db, sql`select 1 from ${sql.table(table)} where account_id = ${other.id}`)).toEqual([])
    expect((await city.get('/konto', { cookies })).status).toBe(303)
  })

  test('where one module cannot delete, nothing is deleted', async () => {
    const { privacy } = city.app.modules.find((module) => module.name === 'accounts')!
    const erase = privacy!.erase
    Object.assign(privacy!, {
      erase: async (...args: Parameters<typeof erase>) => {
        await erase(...args)
        throw new Error('out of order')
      },
    })
    const { cookies } = await signIn('ida.neu@example.org')
    expect((await city.post('/konto/datenschutz/loeschen', { password: PASSWORD }, { cookies })).status).toBe(500)
    Object.assign(privacy!, { erase })
    expect(await accountById(ctx, ida.id)).not.toBeNull()
  })

  test('staff do not delete themselves', async () => {
    expect(
      (await city.post('/konto/datenschutz/loeschen', { password: PASSWORD }, { as: 'karl@example.org' })).status,
    ).toBe(403)
  })
})
