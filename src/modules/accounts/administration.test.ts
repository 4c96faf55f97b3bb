import { describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { accountByEmail, addCitizen, addStaff, addUnit, staffIn, unitsBelow } from './public.ts'
import { insertRole } from './store/roles.ts'
import { catchMails, codeOf } from './testing.ts'

const city = await testCity()
const ctx = await city.ctx()
const mails = catchMails(city.app)
const PASSWORD = 'vier blaue Stühle'
const unit = (id: string, parentId: string) =>
  addUnit(ctx, { id, parentId, name: { de: `Amt ${id}`, en: `Office ${id}` } })
await unit('ordnungsamt', 'rathaus')
await unit('parken', 'ordnungsamt')
await unit('kasse', 'rathaus')
const admin = await addStaff(ctx, {
  name: 'Ada Chef',
  email: 'ada@example.org',
  unit: 'rathaus',
  roles: ['administrator'],
  password: PASSWORD,
})
const head = await addStaff(ctx, {
  name: 'Hans Leitung',
  email: 'hans@example.org',
  unit: 'ordnungsamt',
  roles: ['head'],
  password: PASSWORD,
})
const clerk = await addStaff(ctx, {
  name: 'Clara Parken',
  email: 'clara@example.org',
  unit: 'parken',
  roles: ['clerk'],
  password: PASSWORD,
})
const cashier = await addStaff(ctx, {
  name: 'Kai Kasse',
  email: 'kai@example.org',
  unit: 'kasse',
  roles: ['cashier'],
  password: PASSWORD,
})
// Sits in the head's unit, but may do things outside of it.
const strong = await addStaff(ctx, {
  name: 'Sara Stark',
  email: 'sara@example.org',
  unit: 'parken',
  roles: [{ role: 'clerk', unit: 'rathaus' }],
  password: PASSWORD,
})
const citizen = await addCitizen(ctx, { name: 'Ida Test', email: 'ida@example.org', password: PASSWORD })
const asAda = { as: 'ada@example.org' }
const asHans = { as: 'hans@example.org' }
const act = (id: string, fields: Record<string, string>, as = asAda) => city.post(`/workbench/konten/${id}`, fields, as)

describe('who sees which accounts', () => {
  test('the list shows exactly the accounts whose page opens', async () => {
    for (const as of [asAda, asHans]) {
      const list = await city.get('/workbench/konten?art=alle', as)
      const csv = await city.get('/workbench/konten.csv?art=alle', as)
      for (const account of [admin, head, clerk, cashier, strong, citizen]) {
        const opens = (await city.get(`/workbench/konten/${account.id}`, as)).status === 200
        expect([account.name, list.body.includes(account.name)]).toEqual([account.name, opens])
        expect([account.name, csv.body.includes(account.name)]).toEqual([account.name, opens])
      }
    }
    const list = await city.get('/workbench/konten', asHans)
    expect(list.body).toContain('Clara Parken')
    expect(list.body).not.toContain('Kai Kasse')
    expect(list.body).not.toContain('Sara Stark')
    expect(list.body).not.toContain('Ida Test')
  })

  test('clerks and citizens have no business there', async () => {
    for (const as of ['clara@example.org', 'ida@example.org'])
      for (const path of [
        '/workbench/konten',
        '/workbench/konten.csv',
        '/workbench/rollen',
        '/workbench/aemter',
        `/workbench/konten/${clerk.id}`,
      ])
        expect((await city.get(path, { as })).status).toBe(403)
  })

  test('what one does not see one cannot change', async () => {
    for (const what of ['details', 'assign', 'unassign', 'invite', 'disable', 'enable', 'end-sessions'])
      for (const { id } of [admin, cashier, strong, citizen])
        expect(
          (await act(id, { what, role: 'clerk', roleUnit: 'parken', name: 'x', unit: 'parken' }, asHans)).status,
        ).toBe(404)
  })

  test('filters find by name, unit, role and state; nonsense finds nothing or everything, but breaks nothing', async () => {
    const names = async (query: string) => (await city.get(`/workbench/konten?${query}`, asAda)).body
    expect(await names('q=clara')).toContain('Clara Parken')
    expect(await names('q=clara')).not.toContain('Kai Kasse')
    expect(await names('amt=ordnungsamt')).toContain('Clara Parken')
    expect(await names('amt=ordnungsamt')).not.toContain('Kai Kasse')
    expect(await names('rolle=cashier')).toContain('Kai Kasse')
    expect(await names('art=citizen')).not.toContain('Kai Kasse')
    expect(await names('q=%25')).toContain('Kein Konto passt')
    for (const query of [
      'seite=99999',
      'seite=-1',
      'sortierung=x',
      'q=a&q=b',
      'amt=%27',
      `q=${'x'.repeat(3000)}`,
      'richtung=desc&sortierung=lastLogin',
    ])
      expect((await city.get(`/workbench/konten?${query}`, asAda)).status).toBe(200)
  })

  test('a name that a spreadsheet would run is text in the CSV', async () => {
    await addStaff(ctx, {
      name: '=HYPERLINK("http://evil.example")',
      email: 'formel@example.org',
      unit: 'kasse',
      roles: [],
    })
    expect((await city.get('/workbench/konten.csv', asAda)).body).toContain(`'=HYPERLINK`)
  })
})

describe('new members of staff', () => {
  test('are invited by mail, choose a password and sign in', async () => {
    const answer = await city.post(
      '/workbench/konten/neu',
      { name: 'Nina Neu', email: 'Nina@Example.org', unit: 'parken' },
      asHans,
    )
    expect(answer.status).toBe(303)
    expect((await city.get(answer.location, asHans)).body).toContain('Die Einladung ist unterwegs')
    expect((await city.post('/anmelden', { mail: 'nina@example.org', password: '' })).status).toBe(422)
    const code = codeOf(mails.at(-1))
    expect((await city.post('/passwort-vergessen/neu', { code, password: PASSWORD })).status).toBe(303)
    const signedIn = await city.post('/anmelden', { mail: 'nina@example.org', password: PASSWORD })
    expect(signedIn.location).toBe('/workbench')
  })

  test('a second invitation makes the first worthless', async () => {
    await city.post('/workbench/konten/neu', { name: 'Zwei', email: 'zwei@example.org', unit: 'parken' }, asAda)
    const first = codeOf(mails.at(-1))
    const { id } = (await accountByEmail(ctx, 'zwei@example.org'))!
    await act(id, { what: 'invite' })
    expect((await city.post('/passwort-vergessen/neu', { code: first, password: PASSWORD })).status).toBe(410)
    expect((await city.get(`/passwort-vergessen/neu?code=${codeOf(mails.at(-1))}`)).status).toBe(200)
  })

  test('cannot be created in a unit of others, or with an address that is taken', async () => {
    const create = (fields: Record<string, string>) =>
      city.post('/workbench/konten/neu', { name: 'X', email: 'x@example.org', unit: 'parken', ...fields }, asHans)
    expect((await create({ unit: 'kasse' })).status).toBe(422)
    expect((await create({ unit: 'gibt-es-nicht' })).status).toBe(422)
    expect((await create({ email: 'CLARA@example.org' })).body).toContain('schon ein Konto')
    expect((await create({ name: '  ' })).status).toBe(422)
    expect(await accountByEmail(ctx, 'x@example.org')).toBeNull()
  })
})

describe('roles', () => {
  test('hold in their unit and below, and are gone at once when taken away', async () => {
    expect((await act(cashier.id, { what: 'assign', role: 'head', roleUnit: 'ordnungsamt' })).status).toBe(303)
    expect(await unitsBelow(ctx, 'ordnungsamt')).toEqual(['ordnungsamt', 'parken'])
    expect((await staffIn(ctx, ['parken'], 'accounts.manage')).map((person) => person.name)).toEqual([
      'Ada Chef',
      'Hans Leitung',
      'Kai Kasse',
    ])
    expect((await city.get('/workbench/konten', { as: 'kai@example.org' })).status).toBe(200)
    await act(cashier.id, { what: 'unassign', role: 'head', roleUnit: 'ordnungsamt' })
    expect((await city.get('/workbench/konten', { as: 'kai@example.org' })).status).toBe(403)
  })

  test('nobody hands on more than they hold', async () => {
    const give = (role: string, roleUnit = 'parken') => act(clerk.id, { what: 'assign', role, roleUnit }, asHans)
    expect((await give('administrator')).body).toContain('mehr als Sie selbst')
    await insertRole(ctx, { id: 'mehr', name: { de: 'Mehr', en: 'More' }, permissions: ['more.than-a-head'] })
    expect((await give('mehr')).body).toContain('mehr als Sie selbst')
    expect((await give('clerk', 'kasse')).status).toBe(422)
    expect((await give('clerk', 'rathaus')).status).toBe(422)
    expect((await give('head', 'ordnungsamt')).status).toBe(303)
    await act(clerk.id, { what: 'unassign', role: 'head', roleUnit: 'ordnungsamt' }, asHans)
  })

  test('are changed only by who manages the whole city', async () => {
    expect(
      (await city.post('/workbench/rollen/clerk', { de: 'X', en: 'X', permissions: 'accounts.manage' }, asHans)).status,
    ).toBe(403)
    expect(
      (await city.post('/workbench/aemter/neu', { id: 'neu-amt', parent: 'ordnungsamt', de: 'X', en: 'X' }, asHans))
        .status,
    ).toBe(403)
    const created = await city.post(
      '/workbench/rollen/neu',
      { id: 'leser', de: 'Lesen', en: 'Reader', permissions: ['accounts.manage'] },
      asAda,
    )
    expect(created.status).toBe(303)
    expect((await city.get('/workbench/rollen', asAda)).body).toContain('Lesen')
    expect((await city.post('/workbench/rollen/neu', { id: 'leser', de: 'X', en: 'X' }, asAda)).body).toContain(
      'gibt es schon',
    )
    expect(
      (await city.post('/workbench/rollen/leser', { de: 'L', en: 'R', permissions: 'erfunden.alles' }, asAda)).status,
    ).toBe(422)
    await act(clerk.id, { what: 'assign', role: 'leser', roleUnit: 'kasse' })
    expect((await city.post('/workbench/rollen/leser/loeschen', {}, asAda)).body).toContain('noch vergeben')
    await act(clerk.id, { what: 'unassign', role: 'leser', roleUnit: 'kasse' })
    expect((await city.post('/workbench/rollen/leser/loeschen', {}, asAda)).status).toBe(303)
  })

  test('units grow at the tree, and roles reach the new one', async () => {
    const created = await city.post(
      '/workbench/aemter/neu',
      { id: 'amt-32-1', parent: 'parken', de: 'Team Nord', en: 'Team North' },
      asAda,
    )
    expect(created.status).toBe(303)
    expect(await unitsBelow(ctx, 'ordnungsamt')).toContain('amt-32-1')
    expect((await staffIn(ctx, ['amt-32-1'], 'accounts.manage')).map((person) => person.name)).toContain('Hans Leitung')
    for (const fields of [{ id: 'Amt 1' }, { id: 'neu' }, { id: '' }, { id: 'parken' }, { parent: 'nirgends' }])
      expect(
        (await city.post('/workbench/aemter/neu', { id: 'gut', parent: 'parken', de: 'X', en: 'X', ...fields }, asAda))
          .status,
      ).toBe(422)
  })
})

describe('the last administrator', () => {
  test('cannot lose the role, nor lock the own account', async () => {
    const take = await act(admin.id, { what: 'unassign', role: 'administrator', roleUnit: 'rathaus' })
    expect(take.body).toContain('niemanden mehr')
    expect((await act(admin.id, { what: 'disable' })).body).toContain('eigenes Konto')
    expect((await city.get('/workbench/konten', asAda)).status).toBe(200)
  })

  test('an administrator who was only invited does not count', async () => {
    const invited = await addStaff(ctx, {
      name: 'Noch nicht da',
      email: 'spaeter@example.org',
      unit: 'rathaus',
      roles: ['administrator'],
    })
    expect((await act(admin.id, { what: 'unassign', role: 'administrator', roleUnit: 'rathaus' })).status).toBe(422)
    await act(invited.id, { what: 'disable' })
  })

  test('of two administrators who take each other out at once, one stays', async () => {
    const second = await addStaff(ctx, {
      name: 'Bea Chef',
      email: 'bea@example.org',
      unit: 'rathaus',
      roles: ['administrator'],
      password: PASSWORD,
    })
    await Promise.all([
      act(second.id, { what: 'unassign', role: 'administrator', roleUnit: 'rathaus' }, asAda),
      act(admin.id, { what: 'disable' }, { as: 'bea@example.org' }),
    ])
    const left = await staffIn(ctx, ['rathaus'], 'accounts.manage')
    expect(left).toHaveLength(1)
    expect(['Ada Chef', 'Bea Chef']).toContain(left[0]!.name)
  })
})

describe('locking an account', () => {
  test('ends sessions and tokens at once, and unlocking lets the person in again', async () => {
    const administrator = (await staffIn(ctx, ['rathaus'], 'accounts.manage'))[0]!
    const as = { as: administrator.name === 'Ada Chef' ? 'ada@example.org' : 'bea@example.org' }
    const { cookies } = await city.post('/anmelden', { mail: 'clara@example.org', password: PASSWORD })
    const { bearer } = await city.sessionOf('clara@example.org')
    await act(clerk.id, { what: 'disable' }, as)
    expect((await city.get('/konto', { cookies })).status).toBe(303)
    expect(
      (await city.json('GET', '/api/v1/me', undefined, { headers: { authorization: `Bearer ${bearer}` } })).status,
    ).toBe(401)
    expect((await city.post('/anmelden', { mail: 'clara@example.org', password: PASSWORD })).body).toContain('gesperrt')
    await act(clerk.id, { what: 'enable' }, as)
    expect((await city.get('/konto', { cookies })).status).toBe(303)
    expect((await city.post('/anmelden', { mail: 'clara@example.org', password: PASSWORD })).status).toBe(303)
  })
})
