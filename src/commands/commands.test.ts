import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { allCommands } from './commands.ts'
import { run } from './run.ts'

// Commands go by the machine's clock, and so does this city.
const city = await testCity({ seed: true, now: Temporal.Now.instant().toString() })
let folder: string

beforeAll(async () => {
  await city.addTenant('karlsruhe', 'Stadt Karlsruhe')
  folder = await mkdtemp(join(inject('testDir'), 'command line '))
})

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A command as an administrator types it, on this city's database. */
async function rathaus(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const { dataDir } = city.app.config
  for (const [name, value] of Object.entries({
    BASE_URL: 'http://localhost:8080',
    DATABASE_URL: city.databaseUrl,
    DATA_DIR: dataDir,
    ...env,
  }))
    vi.stubEnv(name, value)
  const said = { out: '', err: '' }
  const heard = (stream: 'out' | 'err') => (words: unknown) =>
    void (said[stream] += `${words instanceof Error ? words.stack : String(words)}\n`)
  vi.spyOn(console, 'log').mockImplementation(heard('out'))
  vi.spyOn(console, 'error').mockImplementation(heard('err'))
  try {
    const code = await run(args)
    return { code, ...said }
  } finally {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
}

const demo = (...args: string[]) => rathaus([...args, '--tenant', 'musterstadt'])
const other = (...args: string[]) => rathaus([...args, '--tenant=karlsruhe'])

test('there is every command that the contract names, each with its usage', async () => {
  const list = await allCommands()
  const named = 'migrate seed tenant account token server worker import export backup restore doctor start'.split(' ')
  expect(list.map((command) => command.name).toSorted()).toEqual(named.toSorted())
  for (const { name, usage } of list) expect(usage, name).toContain(`bin/${name === 'start' ? '' : 'rathaus '}${name}`)
  const help = await rathaus(['import', '--help'])
  expect(help.code).toBe(0)
  for (const verb of ['addresses', 'camt', 'parking-zones'])
    expect(help.out).toContain(`bin/rathaus import ${verb} FILE`)
})

describe('what the administrator can mend is said in one sentence', () => {
  test.each([
    ['a command that is none', ['account', 'frobnicate'], /takes one of: add, list/],
    ['an option that is none', ['account', 'add', '--foo', '--tenant', 'musterstadt'], /Unknown option '--foo'/],
    ['no city where there are two', ['account', 'list'], /say which city with --tenant: musterstadt, karlsruhe/],
    ['a city that is none', ['account', 'list', '--tenant', 'x'], /there is no tenant "x"/],
    [
      'a city that is there',
      ['tenant', 'add', 'karlsruhe', '--host', 'k.example', '--name', 'K'],
      /"karlsruhe" already/,
    ],
    [
      'an account that is none',
      ['token', '--account', 'a@b.example', '--tenant', 'musterstadt'],
      /there is no account/,
    ],
    [
      'a role that is none',
      ['account', 'add', '--mail', 'x@y.example', '--name', 'X', '--role', 'king', '--tenant', 'musterstadt'],
      /there is no role "king"/,
    ],
    [
      'a unit that is none',
      ['account', 'add', '--mail', 'x@y.example', '--name', 'X', '--unit', 'castle', '--tenant', 'musterstadt'],
      /there is no unit "castle"/,
    ],
    ['a file that is not there', ['import', 'addresses', '/nowhere', '--tenant', 'musterstadt'], /no such file/],
    [
      'a list that is none',
      ['import', 'addresses', import.meta.filename, '--tenant', 'musterstadt'],
      /no column for the street/,
    ],
    [
      'areas that are none',
      ['import', 'parking-zones', import.meta.filename, '--tenant', 'musterstadt'],
      /the file is no JSON/,
    ],
    [
      'districts that are none',
      ['import', 'districts', import.meta.filename, '--tenant', 'musterstadt'],
      /no GeoJSON FeatureCollection/,
    ],
    ['a backup that is none', ['restore', '/nowhere'], /holds no backup/],
    ['a city that has its data', ['seed', '--tenant', 'musterstadt'], /musterstadt is not empty/],
  ])('%s', async (_, args, words) => {
    const { code, err } = await rathaus(args)
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err).not.toMatch(/^ {4}at /m)
  })

  test.each([
    [
      'no server',
      { DATABASE_URL: 'postgres://x:y@127.0.0.1:9/rathaus' },
      /the database does not answer .*DATABASE_URL/,
    ],
    ['a wrong database', { DATABASE_URL: 'nowhere' }, /DATABASE_URL has to be an address/],
    [
      'a database that is not there',
      { DATABASE_URL: `${inject('databaseUrl')}_nowhere` },
      /does not exist: is DATABASE_URL right/,
    ],
  ])('%s', async (_, env, words) => {
    const { code, err } = await rathaus(['migrate'], env)
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err).not.toMatch(/^ {4}at /m)
  })

  test('a port that is taken', async () => {
    const taken = createServer().listen(0)
    const { port } = taken.address() as { port: number }
    const { code, err } = await rathaus(['start'], { PORT: String(port), LOG_LEVEL: 'silent' })
    taken.close()
    expect(code).toBe(1)
    expect(err).toMatch(new RegExp(`port ${port} is taken by another program`))
    expect(err).not.toMatch(/^ {4}at /m)
  })
})

describe('what is exported', () => {
  test('of the addresses and zones of one city can be imported by another', async () => {
    for (const what of ['addresses', 'parking-zones']) {
      const file = join(folder, `${what}.txt`)
      const given = await demo('export', what)
      await writeFile(file, given.out)
      const taken = await other('import', what, file)
      expect(taken.out).toMatch(/, 0 left out\n$/)
    }
    expect((await other('export', 'addresses')).out.split('\n')).toHaveLength(20_002)
    // How many bays a zone has is counted from the parking areas.
    const zones = (said: Said) => said.out.replaceAll(/"capacity": \d+/g, '')
    expect(zones(await other('export', 'parking-zones'))).toBe(zones(await demo('export', 'parking-zones')))
  }, 120_000)

  test('of a person is all that the city holds, and is noted', async () => {
    const { code, out } = await demo('export', 'account', '--mail', 'anna.becker@musterstadt.example')
    expect(code).toBe(0)
    const parts = JSON.parse(out) as Record<string, unknown>
    expect(Object.keys(parts)).toEqual(expect.arrayContaining(['accounts', 'cases', 'parking']))
    expect(out).toContain('Anna')
    const { rowCount } = await city.app.tenants
      .pool(city.app.tenants.byId('musterstadt')!)
      .query(`select from audit_entry where action = 'accounts.exported'`)
    expect(rowCount).toBe(1)
  })
})

test('a token opens the interface until all are taken back', async () => {
  const token = (await demo('token', '--account', 'anna.becker@musterstadt.example')).out.trim()
  const me = () => city.json('GET', '/api/v1/me', undefined, { headers: { authorization: `Bearer ${token}` } })
  expect((await me()).status).toBe(200)
  expect((await demo('token', '--account', 'anna.becker@musterstadt.example', '--revoke')).out).toMatch(
    /tokens revoked/,
  )
  expect((await me()).status).toBe(401)
})
