import { describe, expect, it } from 'vitest'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { readDemoCatalogue, readGuests } from './read.ts'

const { services, topics } = await readDemoCatalogue()
const sentences = (text: string) => text.match(/[.!?](?=\s|$)/g)?.length ?? 0

describe('the service pages of Musterstadt', () => {
  it('are eighty, each under its own name', () => {
    expect(services.length).toBe(80)
    expect(new Set(services.map((service) => service.slug)).size).toBe(80)
    expect(services.every((service) => /^[a-z0-9-]+$/.test(service.slug))).toBe(true)
  })

  it.each(
    services.flatMap((service) => (['de', 'en'] as const).map((locale) => [service.slug, locale, service] as const)),
  )('%s (%s) says everything in short sentences', (_slug, locale, service) => {
    const words = service[locale]
    for (const text of [words.title, words.what, words.who, words.fee, words.duration])
      expect(text.trim().length).toBeGreaterThan(3)
    expect(words.documents.length).toBeGreaterThan(0)
    expect(words.words.length).toBeGreaterThan(0)
    expect(sentences(words.what)).toBeGreaterThanOrEqual(2)
    expect(sentences(words.what)).toBeLessThanOrEqual(3)
    expect(words.what.length).toBeLessThan(320)
  })

  it('name their legal basis', () => {
    expect(services.filter((service) => service.law.length === 0)).toEqual([])
  })

  it('belong to units and topics that exist', () => {
    const units = new Set(musterstadt().units.map((unit) => unit.id))
    const slugs = new Set(topics.map((topic) => topic.slug))
    for (const service of services) {
      expect(units, service.slug).toContain(service.unit)
      for (const topic of [service.topic, ...service.also]) expect(slugs, service.slug).toContain(topic)
    }
  })

  it('every responsible unit sees people somewhere', async () => {
    const guests = await readGuests()
    const seen = new Set(musterstadt().offices.flatMap((office) => [office.unit, ...(guests[office.id] ?? [])]))
    expect(services.map((service) => service.unit).filter((unit) => !seen.has(unit))).toEqual([])
  })

  it('an amount names its statute or ordinance, or says that it is a demo value', () => {
    const federal = /PAuswGebV|PassV|JVKostG|StAG|GebOSt|\(AO\)|GewStG|BNatSchG/
    const unsourced = services.filter(
      (service) =>
        /\d €|\d,\d\d €/.test(service.de.fee) &&
        !/Demo-Wert|Satzung|§/.test(service.de.fee) &&
        !service.law.some((law) => federal.test(law)),
    )
    expect(unsourced.map((service) => [service.slug, service.de.fee])).toEqual([])
  })

  it('eight are most wanted, from one to eight', () => {
    expect(services.flatMap((service) => service.wanted ?? []).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ])
  })
})
