import { describe, expect, it } from 'vitest'
import { byLetter, teaser, mostWanted, pagesOf, type CatalogueService, type OnlineService } from './service.ts'

const words = (title: string) => ({
  title,
  what: `${title}: was es ist. Zweiter Satz.`,
  who: 'alle',
  documents: ['Ausweis'],
  fee: '5,00 €',
  duration: 'sofort',
  words: ['Wort'],
})

const service = (slug: string, title: string, more: Partial<CatalogueService> = {}): CatalogueService => ({
  slug,
  topic: 'wohnen',
  also: [],
  unit: 'buergeramt',
  channel: 'office',
  form: null,
  wanted: null,
  law: [],
  de: words(title),
  en: words(`${title} (en)`),
  ...more,
})

const facts = {
  title: 'Parken',
  summary: 'Parken.',
  who: 'Bewohner',
  documents: ['Schein'],
  fee: '30,00 €',
  duration: '1 Tag',
}
const parking: OnlineService = {
  slug: 'resident-parking',
  unit: 'strassenverkehr',
  law: ['StVO'],
  keywords: { de: ['Zone'], en: ['zone'] },
  texts: { de: facts, en: { ...facts, title: 'Parking' } },
}

describe('pages of the catalogue', () => {
  it('a page with a form takes the facts of the published form, so that both say the same', () => {
    const [page] = pagesOf([service('parkausweis', 'Parkausweis', { form: 'resident-parking' })], [parking], 'de')
    expect(page).toMatchObject({ channel: 'online', formPath: '/antrag/resident-parking' })
    expect(page!.words).toMatchObject({
      title: 'Parkausweis',
      who: 'Bewohner',
      fee: '30,00 €',
      words: ['Wort', 'Zone'],
    })
  })

  it('without the published form the page stays, and offers no form', () => {
    const [page] = pagesOf([service('parkausweis', 'Parkausweis', { form: 'resident-parking' })], [], 'de')
    expect(page).toMatchObject({ channel: 'office', formPath: null })
    expect(page!.words.fee).toBe('5,00 €')
  })

  it('a form that nobody described has a page under its own name', () => {
    const pages = pagesOf([service('abc', 'Abc')], [parking], 'en')
    expect(pages.map((page) => [page.slug, page.words.title])).toEqual([
      ['abc', 'Abc (en)'],
      ['resident-parking', 'Parking'],
    ])
  })

  it('titles stand in the order of the dictionary, umlauts with their vowel', () => {
    const pages = pagesOf(
      [service('z', 'Zaun'), service('o', 'Öffnung'), service('p', 'Parken'), service('a', 'Obst')],
      [],
      'de',
    )
    expect(byLetter(pages).map(({ letter, pages }) => [letter, pages.map((page) => page.slug)])).toEqual([
      ['O', ['a', 'o']],
      ['P', ['p']],
      ['Z', ['z']],
    ])
  })

  it('at most eight are most wanted, in the order that the city gave them', () => {
    const many = Array.from({ length: 12 }, (_, i) => service(`s${i}`, `Titel ${i}`, { wanted: 12 - i }))
    const wanted = mostWanted(pagesOf(many, [], 'de'))
    expect(wanted.map((page) => page.wanted)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('a city that ranked nothing shows what can be done online', () => {
    expect(mostWanted(pagesOf([service('a', 'A')], [parking], 'de')).map((page) => page.slug)).toEqual([
      'resident-parking',
    ])
  })

  it.each([
    ['Erster Satz. Zweiter Satz.', 'Erster Satz.'],
    ['Neu hier? Dann los. Noch etwas.', 'Neu hier? Dann los.'],
    ['Kostet 2.5 Euro. Mehr nicht.', 'Kostet 2.5 Euro.'],
    ['Ohne Punkt', 'Ohne Punkt'],
  ])('the beginning of %j is %j', (text, sentence) => {
    expect(teaser(text)).toBe(sentence)
  })
})
