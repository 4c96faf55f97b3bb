import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { CatalogueService, ServiceWords } from '../domain/service.ts'

interface TopicFile {
  readonly topic: { slug: string; order: number; de: TopicWords; en: TopicWords }
  readonly services: readonly ServiceEntry[]
}

interface TopicWords {
  readonly title: string
  readonly intro: string
}

interface ServiceEntry {
  readonly slug: string
  readonly unit: string
  readonly also?: string
  readonly channel?: 'office' | 'post'
  readonly form?: string
  readonly wanted?: number
  readonly law: string
  readonly de: WordsEntry
  readonly en: WordsEntry
}

type WordsEntry = Omit<ServiceWords, 'documents' | 'words'> & { documents: string; words: string }

export interface DemoCatalogue {
  readonly topics: readonly { slug: string; position: number; content: { de: TopicWords; en: TopicWords } }[]
  readonly services: readonly CatalogueService[]
}

/** The service pages of the demo city, one file a topic. */
export async function readDemoCatalogue(): Promise<DemoCatalogue> {
  const folder = join(import.meta.dirname, 'topics')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()
  const topics = await Promise.all(
    files.map(async (name) => parse(await readFile(join(folder, name), 'utf8')) as TopicFile),
  )
  return {
    topics: topics.map(({ topic: { slug, order, de, en } }) => ({ slug, position: order, content: { de, en } })),
    services: topics.flatMap(({ topic, services }) => services.map((entry) => serviceOf(topic.slug, entry))),
  }
}

/** Office → units that see people there besides the one that keeps the house. */
export async function readGuests(): Promise<Record<string, string[]>> {
  return parse(await readFile(join(import.meta.dirname, 'offices.yaml'), 'utf8')) as Record<string, string[]>
}

const serviceOf = (topic: string, entry: ServiceEntry): CatalogueService => ({
  slug: entry.slug,
  topic,
  also: entriesOf(entry.also),
  unit: entry.unit,
  channel: entry.channel ?? 'office',
  form: entry.form ?? null,
  wanted: entry.wanted ?? null,
  law: entriesOf(entry.law),
  de: wordsOf(entry.de),
  en: wordsOf(entry.en),
})

const wordsOf = (entry: WordsEntry): ServiceWords => ({
  ...entry,
  documents: entriesOf(entry.documents),
  words: entriesOf(entry.words),
})

const entriesOf = (text: string | undefined): string[] => text?.split(' | ').map((part) => part.trim()) ?? []
