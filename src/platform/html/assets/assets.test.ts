import { Script } from 'node:vm'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { ICONS } from '../components/icon.ts'
import { gallery } from '../testing/gallery.ts'
import { pageContext } from '../testing/page-context.ts'
import type { Assets } from './assets.ts'
import { loadAssets } from './load.ts'
import { pruneKern } from './kern.ts'

let assets: Assets
beforeAll(async () => {
  assets = await loadAssets()
})
const tenant = () => pageContext({ assets }).tenant
const pathOf = (url: string) => url.replace('/assets/', '')
const text = (name: string) => assets.serve(pathOf(assets.url(name)), tenant())!.body.toString()

describe('files for browsers', () => {
  it('carry their hash and may be kept for ever', () => {
    expect(assets.url('site.css')).toMatch(/^\/assets\/site-[0-9a-f]{16}\.css$/)
    expect(assets.serve(pathOf(assets.url('site.css')), tenant())!.headers['cache-control']).toContain('immutable')
  })

  it('are the same compressed, once there was time for it', async () => {
    const path = pathOf(assets.url('site.css'))
    expect(assets.serve(path, tenant(), 'gzip, br')!.headers).not.toHaveProperty('content-encoding')
    await assets.compress()
    const br = assets.serve(path, tenant(), 'gzip, br')!
    const gz = assets.serve(path, tenant(), 'gzip')!
    expect(br.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(br.body).toString()).toBe(text('site.css'))
    expect(gunzipSync(gz.body).toString()).toBe(text('site.css'))
  })

  it('are only those that were loaded', () => {
    expect(assets.serve('../package.json', tenant())).toBeNull()
    expect(assets.serve('site.css', tenant())).toBeNull()
    expect(() => assets.url('nope.css')).toThrow(/there is no asset "nope.css"/)
  })

  it('are scripts without types', () => {
    // Compiled, never run.
    expect(() => new Script(text('site.js'))).not.toThrow()
    expect(text('site.js')).not.toContain('interface ')
  })

  it('ask nothing of other hosts', () => {
    expect(text('site.css')).not.toMatch(/url\(["']?https?:/)
  })

  it('carry the colours of the city', () => {
    const css = assets.serve(pathOf(assets.themeUrl(tenant())), tenant())!.body.toString()
    expect(css).toContain('--kern-color-action-default:#0b5a54')
    expect(css).toMatch(/prefers-color-scheme:dark\).*#7fd1c7/)
  })
})

describe('the part of KERN that we use', () => {
  it('holds every class of every component', () => {
    const css = text('site.css')
    const markup = Object.values(gallery({ locale: 'de' })).join('')
    const classes = new Set([...markup.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names!.split(' ')))
    // Classes that only carry a name: KERN has no rule of its own for them.
    const bare = new Set(['kern-table__head', 'kern-summary', 'kern-table__row'])
    const missing = [...classes].filter(
      (name) => name.startsWith('kern-') && !bare.has(name) && !css.includes(`.${name}`),
    )
    expect(missing).toEqual([])
  })

  it('holds the icons that pages may use, and no others', () => {
    const css = text('site.css')
    for (const icon of ICONS) expect(css).toContain(`.kern-icon--${icon}`)
    expect(css).not.toContain('.kern-icon--sign-language')
  })

  it('keeps rules whole: media queries, strings with braces, selectors with commas in brackets', () => {
    expect(pruneKern('.kern-btn:is(.a,.b),.kern-col-1{color:red}')).toBe('.kern-btn:is(.a,.b){color:red}')
    expect(pruneKern('@media (x){.kern-col{a:b}}')).toBe('')
    expect(pruneKern('@media (x){.kern-btn{a:url("}")}}')).toBe('@media (x){.kern-btn{a:url("}")}}')
    expect(pruneKern('html{a:b}')).toBe('html{a:b}')
  })
})
