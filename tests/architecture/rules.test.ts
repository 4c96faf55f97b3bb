import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ModuleManifest } from '#platform/module.ts'
import {
  auditTables,
  environmentReaders,
  forbiddenSql,
  foreignTables,
  impureDomain,
  misnamedMigrations,
  modulesWithoutReadme,
  newerSql,
  programsInServices,
  scatteredSql,
  undeclaredUses,
} from './checks.ts'
import { moduleNames } from './sources.ts'

const ROOT = dirname(dirname(import.meta.dirname))
const folders = ['src', 'services', 'tests', 'bench']

/** A small city hall that keeps every rule. */
const SOUND: Readonly<Record<string, string>> = {
  'src/main.ts': "import { start } from './app.ts'\nstart()\n",
  'src/app.ts': "import { one } from '#platform/db/db.ts'\nexport const start = () => one()\n",
  'src/config.ts': 'export const port = process.env.PORT\n',
  'src/platform/db/db.ts': 'export const one = () => 1\n',
  'src/platform/time/clock.ts': 'export const now = () => Date.now()\n',
  'src/modules/cases/README.md': '# cases\n\nWhat the administration works on.\n',
  'src/modules/cases/module.ts': "import { open } from './store.ts'\nexport default { name: 'cases', open }\n",
  'src/modules/cases/public.ts': "export { due } from './domain/due.ts'\n",
  'src/modules/cases/store.ts':
    "import { one } from '#platform/db/db.ts'\nexport const open = () => one(sql`select 1`)\n",
  'src/modules/cases/domain/due.ts':
    '// Not Date.now: the day is handed in.\nexport const due = (today: number) => today + 1\n',
  'src/modules/cases/migrations/0001_cases.sql': 'create table cases_case (id uuid);\n',
  'src/modules/parking/README.md': '# parking\n\nPermits for residents.\n',
  'src/modules/parking/module.ts':
    "import { due } from '#modules/cases/public.ts'\nexport default { name: 'parking', uses: ['cases'], due }\n",
  'services/permit/service.yaml': 'slug: permit\n',
  'services/permit/service.test.ts': "import '#modules/cases/public.ts'\n",
  'src/modules/cases/testing/opened.ts': "import { open } from '../store.ts'\nexport const opened = open()\n",
  'tests/one.test.ts': "import '#modules/cases/testing/opened.ts'\nimport '../src/app.ts'\n",
  'bench/main.ts': "import '../src/app.ts'\n",
}

const trees: string[] = []
afterAll(() => trees.forEach((tree) => rmSync(tree, { recursive: true, force: true })))

/** A tree on disk: the sound one, and what is planted in it. */
function plant(files: Readonly<Record<string, string>> = {}): string {
  const tree = mkdtempSync(join(tmpdir(), 'rathaus architecture '))
  trees.push(tree)
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(join(ROOT, name), join(tree, name))
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'))
  for (const [path, text] of Object.entries({ ...SOUND, ...files })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  return tree
}

interface Cruise {
  readonly modules: number
  /** `rule: from → to` */
  readonly violations: readonly string[]
}

/** dependency-cruiser with the project's own rules, as `bin/check` runs it. */
function cruise(root: string): Cruise {
  const depcruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (!stdout) throw new Error(stderr)
  const { summary } = JSON.parse(stdout) as {
    summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
  }
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}

describe('the imports of this project', () => {
  test('keep every rule, and there are hundreds of files that were looked at', () => {
    const { modules, violations } = cruise(ROOT)
    expect(violations).toEqual([])
    expect(modules).toBeGreaterThan(300)
  }, 60_000)
})

describe('a violation that is planted is caught', () => {
  const planted: readonly (readonly [rule: string, path: string, text: string])[] = [
    [
      'platform-knows-nothing-municipal',
      'src/platform/http/page.ts',
      "import { due } from '#modules/cases/public.ts'\nexport default due\n",
    ],
    [
      'platform-knows-nothing-municipal',
      'src/platform/http/start.ts',
      "import type { start } from '../../app.ts'\nexport type S = typeof start\n",
    ],
    [
      'modules-are-below-the-app',
      'src/modules/parking/routes/zones.ts',
      "import { start } from '#src/app.ts'\nexport default start\n",
    ],
    ['door', 'src/modules/parking/store.ts', "import { open } from '#modules/cases/store.ts'\nexport default open\n"],
    [
      'door',
      'src/modules/parking/rules.ts',
      "import type { due } from '../cases/domain/due.ts'\nexport type D = typeof due\n",
    ],
    ['door', 'src/modules/parking/parking.test.ts', "import { open } from '#modules/cases/store.ts'\nopen()\n"],
    ['door-from-tests', 'tests/two.test.ts', "import '#modules/cases/store.ts'\n"],
    ['door-from-tests', 'bench/two.ts', "import '#modules/cases/store.ts'\n"],
    ['door-from-outside', 'src/two.ts', "import '#modules/cases/testing/opened.ts'\n"],
    ['door-from-outside', 'src/serve.ts', "import { open } from './modules/cases/store.ts'\nexport default open\n"],
    [
      'domain-is-pure',
      'src/modules/parking/domain/zone.ts',
      "import { one } from '#platform/db/db.ts'\nexport default one\n",
    ],
    [
      'domain-is-pure',
      'src/modules/parking/domain/list.ts',
      "import { open } from '../cases.store/store.ts'\nimport { readFileSync } from 'node:fs'\nexport { open, readFileSync }\n",
    ],
    ['no-circles', 'src/platform/db/a.ts', "import { b } from './b.ts'\nexport const a = () => b\n"],
    [
      'no-circles',
      'src/platform/http/part.ts',
      "import type { Whole } from './whole.ts'\nexport interface Part { of: Whole }\n",
    ],
    [
      'tools-stay-at-home',
      'src/platform/http/load.ts',
      "import autocannon from 'autocannon'\nexport default autocannon\n",
    ],
    [
      'everything-resolves',
      'src/platform/http/lost.ts',
      "import { nothing } from '#platform/nowhere.ts'\nexport default nothing\n",
    ],
  ]
  let found: Cruise

  beforeAll(() => {
    const extra = {
      'src/platform/db/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
      'src/platform/http/whole.ts':
        "import { wheel, type Part } from './part.ts'\nexport interface Whole { parts: Part[] }\nexport const whole = () => wheel\n",
    }
    found = cruise(plant({ ...extra, ...Object.fromEntries(planted.map(([, path, text]) => [path, text])) }))
  }, 60_000)

  test.each(planted)('%s: %s', (rule, path) => {
    expect(found.violations.some((each) => each.startsWith(`${rule}: ${path} → `))).toBe(true)
  })

  test('and a tree without one is not accused', () => {
    const { modules, violations } = cruise(plant())
    expect(violations).toEqual([])
    expect(modules).toBeGreaterThan(10)
  }, 60_000)
})

describe('what imports do not show', () => {
  const rules: readonly (readonly [name: string, rule: (root: string) => string[], path: string, text: string])[] = [
    [
      'domain code has no clock of its own',
      impureDomain,
      'src/modules/parking/domain/now.ts',
      'export const now = Temporal.Now.instant()',
    ],
    [
      'the environment is read in one file',
      environmentReaders,
      'src/platform/mail.ts',
      'export const url = process.env.SMTP_URL',
    ],
    ['a service holds no program', programsInServices, 'services/permit/rule.ts', 'export const fee = 1'],
    [
      'no trigger',
      forbiddenSql,
      'src/modules/parking/migrations/0001_a.sql',
      'create or replace trigger t after insert on parking_zone',
    ],
    [
      'no reference to another schema',
      forbiddenSql,
      'src/modules/parking/migrations/0001_a.sql',
      'create table parking_zone (id uuid references other.tenant)',
    ],
    [
      'nothing that PostgreSQL 15 lacks',
      newerSql,
      'src/modules/parking/migrations/0001_a.sql',
      'create table parking_zone (id uuid default uuidv7())',
    ],
    ['migrations are numbered words', misnamedMigrations, 'src/modules/parking/migrations/1-zones.sql', ''],
    ['no number is left out', misnamedMigrations, 'src/modules/parking/migrations/0002_zones.sql', ''],
    [
      'tables carry their module’s name',
      foreignTables,
      'src/modules/parking/migrations/0001_a.sql',
      'create table zone (id uuid);',
    ],
    [
      'SQL lives in the store',
      scatteredSql,
      'src/modules/parking/routes/list.ts',
      'export default sql<Row>`\n  select 1`',
    ],
    [
      'the audit trail is read through its door',
      auditTables,
      'src/modules/parking/store/trail.ts',
      'export const all = sql`select * from audit_entry`',
    ],
    [
      'each module has a README',
      modulesWithoutReadme,
      'src/modules/payments/module.ts',
      "export default { name: 'payments' }",
    ],
  ]

  test.each(rules)('%s', (_, rule) => {
    expect(rule(ROOT)).toEqual([])
  })

  test.each(rules)('%s: planted, it is caught', (_, rule, path, text) => {
    expect(rule(plant({ [path]: text }))).toEqual([
      expect.stringContaining(path.includes('payments') ? 'payments' : path),
    ])
    expect(rule(plant())).toEqual([])
  })
})

describe('the manifests', () => {
  const sound = new Map([
    ['cases', []],
    ['parking', ['cases']],
  ])

  test('name every module that is imported, in no circle, and carry their folder’s name', async () => {
    const uses = new Map<string, readonly string[]>()
    for (const name of moduleNames(ROOT)) {
      const { default: manifest } = (await import(join(ROOT, 'src/modules', name, 'module.ts'))) as {
        default: ModuleManifest
      }
      expect(manifest.name).toBe(name)
      uses.set(name, manifest.uses ?? [])
    }
    expect(undeclaredUses(ROOT, uses)).toEqual([])
    expect(uses.size).toBeGreaterThan(8)
  })

  test('an import that the manifest does not name is caught', () => {
    const tree = plant({ 'src/modules/cases/routes/list.ts': "import type { Zone } from '#modules/parking/public.ts'" })
    expect(undeclaredUses(tree, sound)).toEqual([
      expect.stringContaining('src/modules/cases/routes/list.ts: imports parking'),
    ])
    expect(undeclaredUses(plant(), sound)).toEqual([])
  })

  test('uses that go in a circle are caught', () => {
    const circle = new Map([...sound, ['cases', ['parking']]] as [string, string[]][])
    expect(undeclaredUses(plant(), circle)).toContain('uses go in a circle: cases → parking → cases')
  })
})
