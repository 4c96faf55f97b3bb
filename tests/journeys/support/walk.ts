import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDevice, issueSecret, setUpBrowser, type Device, type DeviceKind } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { complaints } from '#platform/html/testing/complaints.ts'
import { href } from '#platform/html/href.ts'
import type { Route } from '#platform/http/route.ts'
import { LOCALES, type Locale } from '#platform/i18n/locale.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { barriers, bringAxe, overflow, unseenFocus, wideTables } from './accessibility.ts'
import { openBrowser, visit, watch, type Watch } from './browser.ts'
import { addressesOf, DEVICES_IN, leadsElsewhere, mailOf, PEOPLE, visitorsOf, type Who } from './pages.ts'

/** Two windows a person: while one page is looked at, the next one loads. */
const LANES = [0, 1] as const
type Lane = (typeof LANES)[number]

export interface Visit {
  readonly who: Who
  readonly address: string
  readonly locale: Locale
  /** Also looked at 320 px wide, and how its colours stand out: both are the same in each language, for everybody. */
  readonly closely: boolean
  /** Its markup alone: the same page as somebody else has looked at, in the frame of this person. */
  readonly markupOnly?: boolean
  /** An error page is what should come. */
  readonly refused?: boolean
}

export interface Looked {
  /** Everything wrong, each with the address and the person. */
  readonly wrong: string[]
  /** Pages that were HTML and were looked at. */
  pages: number
}

/** A city with its demo data, a browser, and a pair of windows for everybody who looks. */
export class Walk {
  readonly city: TestCity
  readonly base: string
  readonly #browser: Browser
  readonly #devices = new Map<Who, Device & { readonly cookie: string }>()
  readonly #windows = new Map<string, { page: Page; watched: Watch }>()

  private constructor(city: TestCity, base: string, browser: Browser) {
    this.city = city
    this.base = base
    this.#browser = browser
  }

  static async begin(devices: readonly DeviceKind[] = []): Promise<Walk> {
    const city = await testCity({ seed: true })
    const walk = new Walk(city, await city.listen(), await openBrowser({ pagesOnly: true }))
    for (const kind of devices) walk.#devices.set(kind, await setUpDevice(await city.ctx(), kind))
    for (const who of [...(Object.keys(PEOPLE) as Who[]), ...devices]) {
      const visitor = { as: mailOf(who), deviceCookie: walk.#devices.get(who)?.cookie }
      const context = await visit(walk.#browser, city, walk.base, visitor)
      await bringAxe(context)
      for (const lane of LANES) {
        const page = await context.newPage()
        walk.#windows.set(`${who} ${lane}`, { page, watched: watch(page, walk.base) })
      }
    }
    return walk
  }

  /** Whoever looks, as examples of a page know them. */
  async ctxOf(who: Who): Promise<Ctx> {
    return { ...(await this.city.ctx({ as: mailOf(who) })), device: this.#devices.get(who) ?? null }
  }

  windowOf(who: Who): Page {
    return this.#windows.get(`${who} 0`)!.page
  }

  end(): Promise<void> {
    return this.#browser.close()
  }

  /** One address as one person sees it: the markup as it comes from the server, then the page in the browser. */
  async #look(
    { who, address, locale, closely, markupOnly, refused }: Visit,
    lane: Lane,
    looked: Looked,
  ): Promise<void> {
    const path = href({ locale }, address)
    const deviceCookie = this.#devices.get(who)?.cookie
    const cookies: Record<string, string> = deviceCookie === undefined ? {} : { rathaus_device: deviceCookie }
    const reply = await this.city.open(path, { as: mailOf(who), cookies })
    const told = (...found: readonly string[]) => looked.wrong.push(...found.map((what) => `${who} ${path}: ${what}`))
    if (reply.status >= 500 || (reply.status >= 400 && !refused)) return void told(`status ${reply.status}`)
    // Files (CSV, PDF) are no pages; a redirect leads to a page of its own.
    if (reply.status >= 300 && reply.status < 400) return
    if (!String(reply.headers['content-type']).startsWith('text/html')) return
    looked.pages += 1
    told(...complaints(reply.body))
    if (!reply.body.includes(`<html lang="${locale}">`)) told(`is not in ${locale}`)
    if (markupOnly) return

    const { page, watched } = this.#windows.get(`${who} ${lane}`)!
    watched.reset()
    await page.goto(this.base + path, { waitUntil: 'load' })
    told(...(await barriers(page, { styles: closely })))
    told(...(await wideTables(page)).map((table) => `wider than its place at 1280 px: ${table}`))
    if (closely) {
      told(...(await unseenFocus(page)).map((element) => `is not seen to have the focus: ${element}`))
      await page.setViewportSize({ width: 320, height: 640 })
      told(...(await overflow(page)).map((element) => `sticks out at 320 px: ${element}`))
      await page.setViewportSize({ width: 1280, height: 900 })
    }
    told(...watched.foreign.map((url) => `asks ${url}`), ...watched.complaints)
  }

  async lookAtAll(visits: readonly Visit[]): Promise<Looked> {
    const looked: Looked = { wrong: [], pages: 0 }
    const waiting = [...visits]
    await Promise.all(
      LANES.map(async (lane) => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await this.#look(next, lane, looked)
      }),
    )
    return looked
  }
}

/** A browser that was just set up as a device of that kind. */
async function setUpDevice(ctx: Ctx, kind: DeviceKind): Promise<Device & { readonly cookie: string }> {
  const device = { id: newId(), name: `Gerät ${kind}`, office: DEVICES_IN, kind }
  await addDevice(ctx, device)
  const { secret } = (await setUpBrowser(ctx, (await issueSecret(ctx, device.id, 'set-up'))!))!
  return { ...device, cookie: secret }
}

const kindsIn = (routes: readonly Route[]): DeviceKind[] => [
  ...new Set(routes.flatMap(({ access }) => (access.who === 'device' ? (access.kinds as DeviceKind[]) : []))),
]

const nameOf = (route: Route): string => `${route.path} (${route.access.who})`

/** One test a route: every page in German and English, as everybody who may see it. */
export function testEveryPage(routes: readonly Route[]): { readonly walk: () => Walk } {
  let walk: Walk
  beforeAll(async () => {
    walk = await Walk.begin(kindsIn(routes))
  })
  afterAll(() => walk?.end())

  it('comes from the route table, which is not empty', () => {
    expect(routes.length).toBeGreaterThan(20)
  })

  it.each(routes.map((route) => [nameOf(route), route] as const))('%s', { timeout: 120_000 }, async (_name, route) => {
    let pages = 0
    let addresses = 0
    for (const [turn, who] of visitorsOf(route).entries()) {
      if (who === 'holder' && pages > 0) continue
      const ctx = await walk.ctxOf(who)
      const { access } = route
      // What a clerk may not see at all is the same refusal everywhere; it is looked at elsewhere.
      if (access.who === 'staff' && access.permission !== null && !ctx.account?.permissions.has(access.permission))
        continue
      const first = pages === 0
      // The first address is seen by everybody; the others differ in their data and not in their frame.
      const own = (await addressesOf(route, ctx)).filter((_, index) => index === 0 || first)
      addresses += own.length
      // In both languages; further examples of the same page, and who comes after the first, in one of them, in turn.
      const visits = own.flatMap((address, index) =>
        LOCALES.filter((_, i) => (index === 0 && first) || i === (index + turn) % LOCALES.length).map(
          (locale): Visit => ({
            who,
            address,
            locale,
            closely: first && (index > 0 || locale === 'de'),
            markupOnly: !first,
          }),
        ),
      )
      const looked = await walk.lookAtAll(visits)
      expect(looked.wrong).toEqual([])
      pages += looked.pages
    }
    if (!leadsElsewhere(route))
      expect(pages, 'nobody could look at the page: its examples show none').toBeGreaterThan(0)
  })
  return { walk: () => walk }
}
