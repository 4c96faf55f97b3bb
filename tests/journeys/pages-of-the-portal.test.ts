import { describe, expect, it } from 'vitest'
import { LOCALES } from '#platform/i18n/locale.ts'
import { loadModules } from '#src/modules.ts'
import { isPublic, pagesOf, PEOPLE } from './support/pages.ts'
import { testEveryPage } from './support/walk.ts'

/** What everybody may see; two other files take the rest of the same list. */
const routes = pagesOf(await loadModules()).filter(isPublic)

describe('every page of the portal, in German and English, as everybody who may see it', () => {
  const { walk } = testEveryPage(routes)

  it.each([
    ['nobody', '/diese-seite-gibt-es-nicht', 404],
    ['clerk', '/diese-seite-gibt-es-nicht', 404],
    ['citizen', '/workbench/rueckmeldungen', 403],
  ] as const)('%s at %s is told readably that there is nothing to see', async (who, address, status) => {
    expect((await walk().city.get(address, { as: PEOPLE[who] })).status).toBe(status)
    const visits = LOCALES.map((locale) => ({ who, address, locale, closely: true, refused: true }))
    expect(await walk().lookAtAll(visits)).toEqual({ wrong: [], pages: 2 })
  })

  it('begins with the home page, whose picture is taken for the README', async () => {
    const page = walk().windowOf('nobody')
    await page.goto(`${walk().base}/`)
    await page.screenshot({ path: 'docs/screenshots/home.png' })
  })
})
