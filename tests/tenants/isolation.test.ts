import type { Access } from '#platform/http/route.ts'
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { may } from '#platform/auth/principal.ts'
import { allJobs } from '#src/app.ts'
import { loadModules } from '#src/modules.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import type { Answer, CityHandle } from '#src/testing/handle.ts'
import { addCitizen, addStaff } from '#modules/accounts/public.ts'
import { formatCaseNumber, openCase } from '#modules/cases/public.ts'
import { allPublished } from '#modules/services/public.ts'
import { fingerprint, idsOf, tracesIn, tracesOf } from './traces.ts'

/**
 * Two cities on one installation: A is the whole demo city, B a new one. Everything that the route table has is asked of
 * B, with B's own addresses and with A's, by nobody, a citizen and an administrator of B. The lists come from the route
 * table and from A's tables, so that a new page or table cannot be forgotten.
 */
const modules = await loadModules()
const routes = modules.flatMap((module) => module.routes ?? [])
const ADMIN = 'chefin@karlsruhe.example'
const CITIZEN = 'buergerin@karlsruhe.example'
const PASSWORD = 'vier blaue Stühle'
const WHO = [undefined, CITIZEN, ADMIN] as const

let a: TestCity
let b: CityHandle
let ofA: Set<string>
let ofB: Set<string> = new Set()
let namesOfA: string[]

beforeAll(async () => {
  // What is proved here needs many questions in a minute; the limits have tests of their own.
  for (const route of routes) Object.assign(route, { perMinute: undefined })
  a = await testCity({ seed: true })
  b = await a.addTenant('karlsruhe', 'Stadt Karlsruhe')
  const ctx = await b.ctx()
  await addStaff(ctx, {
    name: 'Carla Chefin',
    email: ADMIN,
    unit: 'rathaus',
    roles: ['administrator'],
    password: PASSWORD,
  })
  await addCitizen(ctx, { name: 'Berta Bürgerin', email: CITIZEN, password: PASSWORD })
  // A case of A with everything that hangs on it, whatever the demo data hold.
  const [service] = await allPublished(await a.ctx())
  await openCase(await a.ctx({ as: 'anna.becker@musterstadt.example' }), {
    service: service!.slug,
    version: service!.version,
    answers: {},
    files: [],
    applicant: { accountId: null, name: 'Zora Markerstein', email: 'zora@markerstein.example', locale: 'de' },
    idempotencyKey: 'tests/tenants',
    channel: 'web',
  })
  await a.runJobs({ ignoreFailures: true })
  ofA = await tracesOf(await a.ctx())
  const me = await a.json('GET', '/api/v1/me', undefined, { as: 'anna.becker@musterstadt.example' })
  namesOfA = [me.json().name, 'Jonas Keller', 'Petra Vogel', 'Zora Markerstein']
})

/** What of A's data a reply of B shows; what stood in the question itself is no news. */
async function leaks(reply: Answer, asked: string): Promise<string[]> {
  const question = decodeURIComponent(asked)
  const own = tracesIn(question)
  const shown = [...tracesIn(`${reply.body}\n${JSON.stringify(reply.headers)}`)].filter((trace) => !own.has(trace))
  const names = namesOfA.filter((name) => reply.body.includes(name) && !question.includes(name))
  let suspects = shown.filter((trace) => ofA.has(trace) && !ofB.has(trace))
  if (suspects.length > 0) {
    ofB = await tracesOf(await b.ctx())
    suspects = suspects.filter((trace) => !ofB.has(trace))
  }
  return [...names, ...suspects]
}

const paramsOf = (path: string) => path.match(/:[A-Za-z]+(?:\([^)]*\))?/g) ?? []
const filled = (path: string, value: string) =>
  paramsOf(path).reduce((filling, param) => filling.replace(param, encodeURIComponent(value)), path)

function ask(method: string, path: string, as: string | undefined, isApi: boolean): Promise<Answer> {
  if (isApi) return b.json(method as 'GET', path, method === 'GET' ? undefined : {}, { as })
  return method === 'GET' ? b.open(path, { as }) : b.post(path, {}, { as })
}

describe('pages and operations of city B', () => {
  test('are watched by something that sees: a planted id, address or name of A is found', async () => {
    const [id] = (await idsOf(await a.ctx())).filter(({ table }) => table === 'accounts_account')
    const page = await b.get('/')
    const planted = (words: string): Answer => ({ ...page, body: `<p>${words}</p>` })
    expect(await leaks(planted(id!.value), '/')).toEqual([id!.value])
    expect(await leaks(planted('anna.becker@musterstadt.example'), '/')).toHaveLength(1)
    expect(await leaks(planted('Anna Becker'), '/')).toEqual(['Anna Becker'])
    expect(await leaks(planted(CITIZEN), '/')).toEqual([])
  })

  test('are many, so that this proves something', () => {
    expect(routes.length).toBeGreaterThan(80)
    expect(ofA.size).toBeGreaterThan(100_000)
  })

  test('show nothing of city A, whoever looks, whatever they search for', { timeout: 300_000 }, async () => {
    const found: string[] = []
    let looked = 0
    const searches = ['', `?q=${encodeURIComponent('Anna Becker')}`, '?q=a&suche=a&seite=1&page=1&limit=200']
    for (const route of routes.filter((route) => route.method === 'GET')) {
      const examples = route.examples ? await route.examples(await b.ctx({ as: ADMIN })) : []
      const addresses = paramsOf(route.path).length === 0 ? [route.path, ...examples] : examples
      for (const as of WHO)
        for (const address of addresses)
          for (const search of address.includes('?') ? [''] : searches) {
            const path = address + search
            const reply = await ask('GET', path, as, route.kind === 'api')
            looked += 1
            if (reply.status >= 500) found.push(`${path} as ${as}: ${reply.status}`)
            for (const leak of await leaks(reply, path)) found.push(`${path} as ${as}: ${leak}`)
          }
    }
    expect(found).toEqual([])
    expect(looked).toBeGreaterThan(300)
  })

  test(
    'answer an address of city A as one that nobody has, and change nothing of A',
    { timeout: 600_000 },
    async () => {
      const pool = await idsOf(await a.ctx())
      expect(pool.length).toBeGreaterThan(20)
      const before = await fingerprint(await a.ctx())
      const found: string[] = []
      for (const { module, route } of withParams) {
        const values = pool.filter(({ table }) => concerns(module, table)).map(({ value }) => value)
        for (const as of WHO) {
          const controls = new Map<string, number>()
          for (const value of mayCall(route.access.who, as) ? values : values.slice(0, 1)) {
            const shape = shapeOf(value)
            if (!controls.has(shape)) {
              const control = filled(route.path, madeUp(value))
              controls.set(shape, (await ask(route.method, control, as, route.kind === 'api')).status)
            }
            const path = filled(route.path, value)
            const reply = await ask(route.method, path, as, route.kind === 'api')
            const line = `${route.method} ${path} as ${as}`
            if (reply.status >= 500) found.push(`${line}: ${reply.status}`)
            // The slug of a service or unit may be B's own, too; an id or a case number never is.
            if (isSecret(value) && reply.status !== controls.get(shape))
              found.push(`${line}: ${reply.status} instead of ${controls.get(shape)}`)
            for (const leak of await leaks(reply, path)) found.push(`${line}: shows ${leak}`)
          }
        }
      }
      expect(found).toEqual([])
      expect(await fingerprint(await a.ctx())).toEqual(before)
    },
  )

  test(
    "A's own addresses of pages, as its table of examples names them, do not open in B",
    { timeout: 300_000 },
    async () => {
      const found: string[] = []
      for (const route of routes.filter((route) => route.examples)) {
        for (const address of (await route.examples!(await a.ctx({ as: 'admin@musterstadt.example' }))).slice(0, 3)) {
          if (!tracesIn(decodeURIComponent(address)).size) continue
          for (const as of WHO) {
            const reply = await ask(route.method, address, as, route.kind === 'api')
            if (reply.status < 300) found.push(`${address} as ${as}: ${reply.status}`)
            for (const leak of await leaks(reply, address)) found.push(`${address} as ${as}: shows ${leak}`)
          }
        }
      }
      expect(found).toEqual([])
    },
  )
})

const withParams = modules.flatMap((module) =>
  (module.routes ?? [])
    .filter((route) => paramsOf(route.path).length > 0)
    .map((route) => ({ module: module.name, route })),
)
/** What an address of the module can name: its own things, cases and files. */
const concerns = (module: string, table: string) =>
  table.startsWith(`${module}_`) || table === 'cases_case' || table.startsWith('file_')

/** Something of the same shape that no city has: so that it is refused for the same reason. */
function madeUp(value: string): string {
  if (/^[0-9a-f-]{36}$/.test(value)) return randomUUID()
  const number = /^([A-Z]{2,6})-(20\d{2})-\d{6}-.$/.exec(value)
  if (number) return formatCaseNumber({ prefix: number[1]!, year: Number(number[2]), serial: 999_998 })
  return value.replace(/[0-9]/g, '7').replace(/[a-z]/g, 'q').replace(/[A-Z]/g, 'Q')
}
/** Where the route itself refuses everybody of that kind, one question is enough. */
const mayCall = (who: Access['who'], as: string | undefined): boolean =>
  who === 'staff' ? as === ADMIN : who === 'citizen' ? as !== undefined : who !== 'device'
const shapeOf = (value: string) => value.replace(/[0-9]/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A')
const isSecret = (value: string) => tracesIn(value).size > 0

describe('who is signed in to city A', () => {
  test('is nobody in city B, by cookie and by bearer token', async () => {
    for (const mail of ['anna.becker@musterstadt.example', 'admin@musterstadt.example']) {
      const { cookie, bearer } = await a.sessionOf(mail)
      expect((await b.get('/konto', { cookies: { rathaus_session: cookie } })).location).toContain('/anmelden')
      expect((await b.get('/workbench/konten', { cookies: { rathaus_session: cookie } })).status).toBe(303)
      const asked = await b.json('GET', '/api/v1/me', undefined, { headers: { authorization: `Bearer ${bearer}` } })
      expect(asked.status).toBe(401)
    }
  })

  test('cannot sign in there with the password of A', async () => {
    const mail = 'anna.becker@musterstadt.example'
    expect((await a.post('/anmelden', { mail, password: 'musterstadt' })).status).toBe(303)
    expect((await b.post('/anmelden', { mail, password: 'musterstadt' })).status).toBe(422)
  })

  test('may have the same address in both, and these are two people to the program', async () => {
    const mail = 'anna.becker@musterstadt.example'
    const inB = await addCitizen(await b.ctx(), { name: 'Anna Zweite', email: mail })
    const answer = await b.json('GET', '/api/v1/me', undefined, { as: mail })
    expect(answer.json()).toMatchObject({ id: inB.id, name: 'Anna Zweite' })
    const { bearer } = await b.sessionOf(mail)
    expect(
      (await a.json('GET', '/api/v1/me', undefined, { headers: { authorization: `Bearer ${bearer}` } })).status,
    ).toBe(401)
  })
})

describe('files', () => {
  test('of one city do not open in the other, and the same bytes in both are two files', async () => {
    const inA = await a.ctx()
    const inB = await b.ctx()
    const content = Buffer.from('%PDF-1.7\nsame bytes in both cities\n')
    const fileA = await a.app.files.save(inA, { name: 'bescheid.pdf', content, owner: 'test:1' })
    const fileB = await a.app.files.save(inB, { name: 'bescheid.pdf', content, owner: 'test:1' })
    expect(await a.app.files.find(inB, fileA.id)).toBeNull()
    expect(await a.app.files.open(inB, fileA.id)).toBeNull()
    expect(a.app.files.folder(inA.tenant.id)).not.toBe(a.app.files.folder(inB.tenant.id))
    await a.app.files.remove(inB, fileB.id)
    await a.app.files.sweep(inB)
    const opened = await a.app.files.open(inA, fileA.id)
    const chunks: Buffer[] = []
    for await (const chunk of opened!.stream) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).equals(content)).toBe(true)
    await a.app.files.remove(inA, fileA.id)
  })
})

describe('jobs', () => {
  test('that city B causes touch nothing of city A', { timeout: 120_000 }, async () => {
    const before = await fingerprint(await a.ctx())
    await b.post('/registrieren', { mail: 'neu@karlsruhe.example' })
    await b.post('/passwort-vergessen', { mail: CITIZEN })
    await a.runJobs()
    expect(await fingerprint(await a.ctx())).toEqual(before)
  })

  test(
    'that run for every city by the clock change only the city that they run for',
    { timeout: 300_000 },
    async () => {
      const scheduled = allJobs(a.app.modules).filter((job) => job.schedule !== undefined)
      expect(scheduled.length).toBeGreaterThan(3)
      const before = await fingerprint(await a.ctx())
      const ctx = await b.ctx()
      for (const job of scheduled) await job.run(ctx, {} as never, { attempt: 1, maxAttempts: 1 })
      expect(await fingerprint(await a.ctx())).toEqual(before)
    },
  )
})

describe('what both share', () => {
  test('carries the name and colours of the city that was asked, also when pages are kept in memory', async () => {
    for (let round = 0; round < 2; round += 1) {
      expect((await a.get('/')).body).toContain('Stadt Musterstadt am Neckar')
      const home = await b.get('/')
      expect(home.body).toContain('Stadt Karlsruhe')
      expect(home.body).not.toContain('Musterstadt')
    }
  })

  test('an unknown host gets nothing of any city', async () => {
    for (const path of ['/', '/anmelden', '/api/v1/services', '/konto']) {
      const reply = await a.get(path, { headers: { host: 'evil.example' } })
      expect(reply.status).toBe(404)
      expect(reply.body).not.toMatch(/Musterstadt|Karlsruhe/)
    }
  })

  test('metrics and health name no person and no id of a city', async () => {
    for (const path of ['/metrics', '/healthz', '/readyz', '/api/v1/openapi.json']) {
      const reply = await b.get(path)
      expect([...tracesIn(reply.body)].filter((trace) => ofA.has(trace))).toEqual([])
    }
  })

  test('somebody with a permission in A holds none in B, even where units have the same names', async () => {
    const { cookie } = await a.sessionOf('admin@musterstadt.example')
    const account = await a.app.authenticate!(await b.ctx(), { cookie, bearer: undefined })
    expect(account).toBeNull()
    expect(may({ account }, 'accounts.manage')).toBe(false)
  })
})
