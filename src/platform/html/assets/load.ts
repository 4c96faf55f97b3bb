import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { basename, dirname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Tenant } from '../../tenants/tenant.ts'
import type { Theme } from '../../tenants/theme.ts'
import type { AssetReply, Assets } from './assets.ts'
import { cityIcon, themeCss } from './city.ts'
import { pruneKern } from './kern.ts'

const PLATFORM_HTML = join(import.meta.dirname, '..')
const MODULES = join(import.meta.dirname, '../../../modules')
const KERN = join(dirname(createRequire(import.meta.url).resolve('@kern-ux/native/package.json')), 'dist')

/** KERN uses three weights; the medium one is drawn with the semi-bold face, which saves 130 KB on a first visit. */
const FONTS = [
  { weight: '400', file: 'FiraSans-Regular.woff2' },
  { weight: '500 600', file: 'FiraSans-SemiBold.woff2' },
]

interface Stored {
  readonly kind: string
  /** A service worker, which may be registered for any page of the city. */
  readonly isWorker?: boolean
  /** Made when it is first asked for. */
  readonly body: () => Buffer
  br?: Buffer
  gzip?: Buffer
}

/**
 * Reads what browsers load. Types are stripped from a script when it is first asked for, and `compress` makes the smaller
 * copies: together a second of work that nobody who waits for the city needs.
 */
export async function loadAssets(): Promise<Assets> {
  const addresses = new Map<string, string>()
  const stored = new Map<string, Stored>()
  /** @param source what the content depends on */
  const add = (name: string, kind: string, source: string | Buffer, content: () => string | Buffer = () => source) => {
    const path = name.replace(/(\.[a-z0-9]+)$/, `-${hashOf(source)}$1`)
    const body = once(() => Buffer.from(content()))
    stored.set(path, { kind, body, isWorker: name.endsWith('-worker.js') })
    addresses.set(name, `/assets/${path}`)
  }
  // What comes of a source depends on how its types are stripped, too.
  const addScripts = (name: string, sources: readonly string[], content: () => string) =>
    add(name, 'text/javascript; charset=utf-8', [process.version, String(withoutTypes), ...sources].join('\n'), content)

  await Promise.all(
    FONTS.map(async ({ file }) => add(file, 'font/woff2', await readFile(join(KERN, 'fonts/fira-sans', file)))),
  )
  const faces = FONTS.map(
    ({ weight, file }) =>
      `@font-face{font-family:"Fira Sans";src:url("${addresses.get(file)!}") format("woff2");font-weight:${weight};font-style:normal;font-display:swap}`,
  )
  const kern = pruneKern(await readFile(join(KERN, 'kern.css'), 'utf8'))
  const own = await Promise.all(
    (await files(join(PLATFORM_HTML, 'css'), '*.css')).map((file) => readFile(file, 'utf8')),
  )
  const scripts = await Promise.all(
    (await files(join(PLATFORM_HTML, 'browser'), '*.ts')).map((file) => readFile(file, 'utf8')),
  )

  add('site.css', 'text/css; charset=utf-8', `${faces.join('')}${kern}${own.map(minified).join('')}`)
  // Each file is one custom element without imports; a block around each keeps their names apart.
  addScripts('site.js', scripts, () => scripts.map((script) => `{${withoutTypes(script)}\n}`).join('\n'))
  await Promise.all([
    ...(await files(MODULES, '*/browser/*.ts')).map(async (file) => {
      const script = await readFile(file, 'utf8')
      addScripts(nameOf(file), [script], () => withoutTypes(script))
    }),
    ...(await files(MODULES, '*/browser/*.css')).map(async (file) =>
      add(nameOf(file), 'text/css; charset=utf-8', minified(await readFile(file, 'utf8'))),
    ),
  ])

  const cities = new WeakMap<Theme, CityAssets>()
  const cityOf = (tenant: Tenant): CityAssets => {
    let city = cities.get(tenant.theme)
    if (!city) cities.set(tenant.theme, (city = cityAssets(tenant)))
    return city
  }
  return {
    url(name) {
      const address = addresses.get(name)
      if (address === undefined)
        throw new Error(`there is no asset "${name}"; there are ${[...addresses.keys()].join(', ')}`)
      return address
    },
    themeUrl: (tenant) => cityOf(tenant).themeUrl,
    iconUrl: (tenant) => cityOf(tenant).iconUrl,
    serve: (path, tenant, acceptEncoding = '') => {
      const asset = stored.get(path) ?? cityOf(tenant).stored.get(path)
      return asset ? reply(asset, acceptEncoding) : null
    },
    // One after the other, by threads of their own: pages are served meanwhile.
    async compress() {
      for (const asset of stored.values()) if (isText(asset)) Object.assign(asset, await compressed(asset.body()))
    },
  }
}

const isText = ({ kind }: Stored): boolean => !kind.startsWith('font/')

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

interface CityAssets {
  readonly themeUrl: string
  readonly iconUrl: string
  readonly stored: ReadonlyMap<string, Stored>
}

function cityAssets(tenant: Tenant): CityAssets {
  const theme = Buffer.from(themeCss(tenant.theme))
  const icon = Buffer.from(cityIcon(tenant))
  const themePath = `theme-${hashOf(theme)}.css`
  const iconPath = `icon-${hashOf(icon)}.svg`
  return {
    themeUrl: `/assets/${themePath}`,
    iconUrl: `/assets/${iconPath}`,
    stored: new Map([
      [themePath, { kind: 'text/css; charset=utf-8', body: () => theme }],
      [iconPath, { kind: 'image/svg+xml', body: () => icon }],
    ]),
  }
}

function reply(asset: Stored, acceptEncoding: string): AssetReply {
  const encoding =
    asset.br && /\bbr\b/.test(acceptEncoding) ? 'br' : asset.gzip && /\bgzip\b/.test(acceptEncoding) ? 'gzip' : null
  return {
    status: 200,
    body: encoding === 'br' ? asset.br! : encoding === 'gzip' ? asset.gzip! : asset.body(),
    headers: {
      'content-type': asset.kind,
      'cache-control': 'public, max-age=31536000, immutable',
      ...(encoding ? { 'content-encoding': encoding } : {}),
      ...(isText(asset) ? { vary: 'accept-encoding' } : {}),
      ...(asset.isWorker ? { 'service-worker-allowed': '/' } : {}),
    },
  }
}

/** Types are replaced by blanks: line numbers in the browser's console are those of the source. No bundler, see docs/decisions/0003. */
const withoutTypes = (source: string): string =>
  stripTypeScriptTypes(source, { mode: 'strip' }).replace(/^[ \t]+$/gm, '')

async function files(folder: string, pattern: string): Promise<string[]> {
  const found = await Array.fromAsync(glob(pattern, { cwd: folder }))
  return found
    .filter((name) => !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => join(folder, name))
}

/** `…/modules/parking/browser/map.ts` → `parking-map.js` */
function nameOf(file: string): string {
  const module = file.split(sep).at(-3)!
  return `${module}-${basename(file).replace(/\.ts$/, '.js')}`
}

const minified = (css: string): string => css.replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, '\n')

const hashOf = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex').slice(0, 16)

async function compressed(body: Buffer): Promise<{ br: Buffer; gzip: Buffer }> {
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(body, { level: 9 }),
  ])
  return { br, gzip: gz }
}
