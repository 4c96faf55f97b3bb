import { beforeAll, describe, expect, it } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { indexDocuments, searchDocuments } from '#platform/search/search.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { wordsOf } from '#src/testing/words.ts'
import { seed } from './seed.ts'

let city: TestCity
// Friday, 20 November 2026, 10:30 in the city.
const NOW = '2026-11-20T09:30:00Z'

beforeAll(async () => {
  city = await testCity({ now: NOW })
  await seed.run(await city.ctx(), () => undefined)
})

describe('the home page', () => {
  it('asks one question and shows at most eight most wanted concerns', async () => {
    const page = await city.get('/')
    expect(page.status).toBe(200)
    expect(wordsOf(page.body)).toContain('Was möchten Sie erledigen?')
    expect(page.body.match(/<article class="kern-card/g)!.length).toBeGreaterThanOrEqual(8)
    expect(wordsOf(page.body)).toContain('Bewohnerparkausweis beantragen')
  })

  it('leads to my applications and to the state by number', async () => {
    const page = await city.get('/')
    expect(page.body).toContain('href="/meine-antraege"')
    expect(page.body).toContain('href="/stand"')
  })

  it('is there in English', async () => {
    const page = await city.get('/en')
    expect(wordsOf(page.body)).toContain('What would you like to do?')
    expect(page.body).toContain('href="/en/leistungen/bewohnerparkausweis"')
  })

  it('of a city without a catalogue says what would be here', async () => {
    const other = await city.addTenant('leerstadt')
    const page = await other.get('/leistungen')
    expect(page.status).toBe(200)
    expect(wordsOf(page.body)).not.toContain('Personalausweis')
  })
})

describe('a service page', () => {
  it('says what it is, what it costs, how long it takes, what is needed, and has one main button', async () => {
    const page = await city.get('/leistungen/personalausweis')
    expect(page.status).toBe(200)
    for (const words of [
      'Personalausweis beantragen',
      'Kosten',
      '46,00 €',
      'Dauer',
      'Online möglich?',
      'Was Sie brauchen',
      'PAuswGebV',
    ])
      expect(wordsOf(page.body)).toContain(words)
    expect(page.body.match(/class="kern-btn kern-btn--primary/g)).toHaveLength(1)
  })

  it('names offices with address, telephone and whether they are open', async () => {
    const page = await city.get('/leistungen/personalausweis')
    expect(wordsOf(page.body)).toContain('Bürgerbüro Mitte')
    expect(wordsOf(page.body)).toContain('Jetzt geöffnet , bis 13:00 Uhr')
  })

  it('tells search engines by schema.org, in a block that nothing can end early', async () => {
    const page = await city.get('/leistungen/personalausweis')
    const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page.body)![1]!
    expect(JSON.parse(block)).toMatchObject({ '@type': 'GovernmentService', name: 'Personalausweis beantragen' })
    expect(block).not.toContain('<')
  })

  it('in English has English words and German names of laws', async () => {
    const page = await city.get('/en/leistungen/personalausweis')
    expect(wordsOf(page.body)).toContain('Apply for an identity card')
    expect(page.body).toContain('lang="de"')
  })

  it.each(['/leistungen/gibt-es-nicht', '/leistungen/thema/nichts', '/dienststellen/nirgends'])(
    '%s is not found',
    async (path) => {
      expect((await city.get(path)).status).toBe(404)
    },
  )
})

describe('lists', () => {
  it('A to Z holds all eighty services', async () => {
    const page = await city.get('/leistungen')
    expect(new Set(page.body.match(/href="\/leistungen\/(?!thema)[a-z0-9-]+"/g)).size).toBeGreaterThanOrEqual(80)
  })

  it('a topic holds its services, also those of other topics that belong here', async () => {
    const page = wordsOf((await city.get('/leistungen/thema/umziehen')).body)
    expect(page).toContain('Wohnsitz anmelden')
    expect(page).toContain('Halteverbot für den Umzug')
  })

  it('offices say when they open', async () => {
    city.clock.set('2026-11-20T15:00:00Z')
    const page = wordsOf((await city.get('/dienststellen')).body)
    city.clock.set(NOW)
    expect(page).toContain('Standesamt im Kelterhof')
    expect(page).toContain('Geschlossen öffnet Montag um')
  })

  it('offices are closed on a public holiday, and say so', async () => {
    // Corpus Christi, a Thursday.
    city.clock.set('2026-06-04T08:30:00Z')
    const page = wordsOf((await city.get('/dienststellen/buergerbuero-mitte')).body)
    const english = wordsOf((await city.get('/en/dienststellen/buergerbuero-mitte')).body)
    const { offices } = (await city.json('GET', '/api/v1/catalogue/offices')).json()
    city.clock.set(NOW)
    expect(page).toMatch(/Geschlossen\s*, heute ist Fronleichnam, öffnet morgen um/)
    expect(english).toMatch(/Closed\s*, today is Corpus Christi, opens tomorrow at/)
    expect(offices.some(({ openNow }: { openNow: boolean }) => openNow)).toBe(false)
  })

  it('an office names its hours and the holidays ahead', async () => {
    city.clock.set('2026-12-20T09:30:00Z')
    const page = wordsOf((await city.get('/en/dienststellen/buergerbuero-mitte')).body)
    city.clock.set(NOW)
    expect(page).toContain('08:00 to 13:00')
    expect(page).toContain('Christmas Day (25 December 2026)')
    expect(page).toContain('Apply for a passport')
  })
})

describe('the search', () => {
  const find = async (query: string, locale: 'de' | 'en' = 'de') =>
    searchDocuments({ ...(await city.ctx()), locale }, query, 6)
  const first = async (query: string, locale: 'de' | 'en' = 'de') => (await find(query, locale))[0]?.id

  it.each([
    ['Anwohnerparken', 'bewohnerparkausweis'],
    ['Perso', 'personalausweis'],
    ['persona', 'personalausweis'],
    ['Fuehrungszeugnis', 'fuehrungszeugnis'],
    ['Führungszeugnisse', 'fuehrungszeugnis'],
    ['ich ziehe um', 'wohnsitz-ummelden'],
    ['wo kann ich meinen Hund anmelden', 'hund-anmelden'],
    ['Welpe', 'hund-anmelden'],
    ['Knöllchen', 'bussgeld-einspruch'],
    ['Straßencafe', 'sondernutzung'],
    ['mein Mann ist gestorben', 'sterbefall-anzeigen'],
    ['Bürgerbüro Süd', 'buergerbuero-sued'],
    ['Aktenzeichen', '/stand'],
    ['Impressum', '/impressum'],
  ])('%j leads to %s', async (query, id) => {
    expect(await first(query)).toBe(id)
  })

  it.each([
    ['Persnalausweis', 'personalausweis'],
    ['Wohngelt', 'wohngeld'],
    ['Bibliotek', 'stadtbibliothek'],
  ])('a typing error in %j is forgiven, and said', async (query, id) => {
    const [hit] = await find(query)
    expect(hit).toMatchObject({ id, exact: false })
  })

  it.each([
    ['dog', 'hund-anmelden'],
    ['moving', 'wohnsitz-ummelden'],
    ['status of my application', '/stand'],
    ['wedding', 'eheschliessung-anmelden'],
    ['birth certifcate', 'geburtsurkunde'],
  ])('English: %j leads to %s', async (query, id) => {
    expect(await first(query, 'en')).toBe(id)
  })

  it.each([
    '',
    '   ',
    '&|!()',
    "'; drop table search_document; --",
    'ein der die das',
    '\\',
    '%_%',
    ':*',
    '🦄',
    'wort '.repeat(1000),
  ])('bears %j', async (query) => {
    expect(await find(query)).toBeInstanceOf(Array)
    expect((await city.get(`/suche?q=${encodeURIComponent(query)}`)).status).toBe(200)
  })

  it('the page without a script lists what it found, and escapes what was typed', async () => {
    const page = await city.get(`/suche?q=${encodeURIComponent('<b>Perso')}`)
    expect(wordsOf(page.body)).toContain('Personalausweis beantragen')
    expect(page.body).toContain('&lt;b&gt;Perso')
  })

  it('nothing found: says so and gives a telephone number', async () => {
    const page = await city.get('/suche?q=xyzzy')
    expect(wordsOf(page.body)).toContain('Zu „xyzzy“ haben wir nichts gefunden')
    expect(page.body).toContain('href="tel:')
  })

  it('answers machines, in the language that they ask for', async () => {
    const found = (await city.json('GET', '/api/v1/search?q=Perso')).json()
    expect(found.results[0]).toMatchObject({ kind: 'catalogue.service', id: 'personalausweis', exact: true })
    const suggestions = (await city.json('GET', '/api/v1/search/suggestions?q=passport&lang=en')).json()
    expect(suggestions[0]).toMatchObject({ label: 'Apply for a passport', href: '/en/leistungen/reisepass' })
    expect((await city.json('GET', '/api/v1/search?q=x&lang=fr')).status).toBe(400)
  })

  it('writing the same again touches no row; what is no longer there is no longer found', async () => {
    const ctx = await city.ctx()
    const doc = (id: string, title: string) => ({
      id,
      locale: 'de' as const,
      path: `/${id}`,
      title,
      summary: '',
      keywords: [],
      body: '',
    })
    const versions = () =>
      many(
        ctx.db,
        sql<{
          id: string
          v: string
        }>`select id, xmin::text as v from search_document where source = 'twice' order by id`,
      )
    await indexDocuments(ctx, 'twice', [doc('a', 'Zaunkönig'), doc('b', 'Zeisig')])
    const before = await versions()
    await indexDocuments(ctx, 'twice', [doc('a', 'Zaunkönig'), doc('b', 'Zilpzalp')])
    const after = await versions()
    expect(after[0]).toEqual(before[0])
    expect(after[1]).not.toEqual(before[1])
    await indexDocuments(ctx, 'twice', [doc('b', 'Zilpzalp')])
    expect(await find('Zaunkönig')).toEqual([])
    expect(await first('Zilpzalp')).toBe('b')
    await indexDocuments(ctx, 'twice', [])
  })

  it('one city finds nothing of another', async () => {
    const other = await city.addTenant('nebenstadt')
    expect((await other.json('GET', '/api/v1/search?q=Personalausweis')).json().results).toEqual([])
    await indexDocuments(await other.ctx(), 'test', [
      { id: 'a', locale: 'de', path: '/a', title: 'Geheimsache Nebenstadt', summary: '', keywords: [], body: '' },
    ])
    expect(await find('Geheimsache')).toEqual([])
  })
})

describe('JSON', () => {
  it('lists the services, by topic where asked', async () => {
    const all = (await city.json('GET', '/api/v1/catalogue/services')).json()
    expect(all.services.length).toBeGreaterThanOrEqual(80)
    const few = (await city.json('GET', '/api/v1/catalogue/services?topic=abschied')).json()
    expect(few.services.map((service: { slug: string }) => service.slug)).toContain('sterbeurkunde')
    expect(few.services.length).toBeLessThan(10)
  })

  it('gives one service whole', async () => {
    const service = (await city.json('GET', '/api/v1/catalogue/services/reisepass')).json()
    expect(service).toMatchObject({ slug: 'reisepass', unit: 'buergeramt', channel: 'office', formUrl: null })
    expect(service.offices).toContain('buergerbuero-mitte')
  })

  it('a service that is none is a problem document', async () => {
    const answer = await city.json('GET', '/api/v1/catalogue/services/nichts')
    expect(answer.status).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  it('gives the offices with their hours', async () => {
    const { offices } = (await city.json('GET', '/api/v1/catalogue/offices')).json()
    expect(offices).toHaveLength(10)
    expect(offices[1]).toMatchObject({ slug: 'buergerbuero-mitte', openNow: true })
  })
})
