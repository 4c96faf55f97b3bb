import { describe, expect, it } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { testCity } from '#src/testing/city.ts'

const city = await testCity()
const ADMIN = 'admin@city.example'
await addStaff(await city.ctx(), { name: 'Ada Admin', email: ADMIN, unit: 'rathaus', roles: ['administrator'] })

/** Pages of the workbench that are no list: forms, figures at a glance, a desk with whoever waits now, whom a call is about. */
const NO_LIST = [
  /\/neu$/,
  /\/import$/,
  /\/kontrolle$/,
  /^\/workbench\/betrieb$/,
  /^\/workbench\/aufruf(\/live)?$/,
  /^\/workbench\/termine\/(buchen|suche)$/,
]

const pages = city.app.modules
  .flatMap(({ routes = [] }) => routes)
  .filter(({ method, path }) => method === 'GET' && /^\/workbench[^:.]*$/.test(path))
  .map(({ path }) => path)
  .filter((path) => !NO_LIST.some((pattern) => pattern.test(path)))

describe('each list of the workbench', () => {
  it.each(pages)('%s can be taken along as CSV, with its filter, in German and English', async (path) => {
    for (const language of ['', '/en']) {
      const page = await city.get(`${language}${path}`, { as: ADMIN })
      const link = /href="([^"]+\.csv[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&')
      expect(link, `${language}${path}`).toMatch(new RegExp(`^${language}/workbench/`))
      const csv = await city.get(link!, { as: ADMIN })
      expect(csv.status).toBe(200)
      expect(csv.headers['content-type']).toContain('text/csv')
      expect(csv.headers['content-disposition']).toMatch(/^attachment; filename/)
      expect(csv.body.split('\r\n')[0]!.split(';').length).toBeGreaterThan(2)
    }
  })
})
