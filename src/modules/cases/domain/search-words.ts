import type { JsonValue } from '#modules/services/public.ts'

/** Most words kept of one case, from its short answers and from its free texts. */
const MOST_WORDS = 80
const MOST_WITH_FREE_TEXT = 200
/** Longer answers are free texts: their small words (`und`, `ich`, `bei`) find nothing and would fill the index. */
const FREE_TEXT = 80
const SHORTEST_OF_FREE_TEXT = 4
/** What nearly every case of a city holds finds nothing and only makes the index large. */
const COMMON_FIELDS = new Set(['place', 'postcode', 'nationality'])
/** File ids and days are no words that anybody searches for. */
const NO_WORDS = /^([0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}-\d{2})$/

/** Lower case, without marks (`Müller` → `muller`, `Straße` → `strasse`), split at everything that is no letter or digit. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && word.length <= 40)
}

/** The words under which a case is found: its number, the applicant and the texts among the answers. */
export function searchWords(kase: {
  number: string
  name: string
  email: string
  telephone?: string | null
  answers: JsonValue
}): string[] {
  const words = new Set<string>()
  const add = (text: string) => {
    for (const word of wordsOf(text)) words.add(word)
  }
  // Prefix and year alone would be in every case; the whole number and its serial find one.
  const serial = kase.number.split('-')[2]
  words.add(kase.number.toLowerCase().replaceAll('-', ''))
  if (serial) words.add(serial)
  add(kase.name)
  add(kase.email)
  if (kase.telephone) words.add(kase.telephone.replaceAll(/\D/g, ''))
  const answers = [...textsIn(kase.answers)]
  for (const text of answers.filter(({ length }) => length <= FREE_TEXT)) {
    if (words.size >= MOST_WORDS) break
    add(text)
    // Plates and references are typed with and without their gaps: S-AB 1234, SAB1234.
    if (/\d/.test(text) && text.length <= 16) words.add(wordsOf(text.replaceAll(/[\s-]/g, '')).join(''))
  }
  words.delete('')
  const kept = new Set([...words].slice(0, MOST_WORDS))
  for (const text of answers.filter(({ length }) => length > FREE_TEXT))
    for (const word of wordsOf(text))
      if (word.length >= SHORTEST_OF_FREE_TEXT && kept.size < MOST_WITH_FREE_TEXT) kept.add(word)
  return [...kept]
}

function* textsIn(value: JsonValue): Generator<string> {
  if (typeof value === 'string') {
    if (!NO_WORDS.test(value)) yield value
  } else if (Array.isArray(value)) for (const item of value) yield* textsIn(item as JsonValue)
  else if (value !== null && typeof value === 'object')
    for (const [name, item] of Object.entries(value)) if (!COMMON_FIELDS.has(name)) yield* textsIn(item)
}

/**
 * What somebody typed into the search as a query of PostgreSQL: every word must occur, the last ones as beginnings
 * (from three letters on). null: nothing to search for.
 */
export function searchQuery(typed: string): string | null {
  const compact = /\d/.test(typed) && typed.trim().length <= 24 ? wordsOf(typed.replaceAll(/[\s-]/g, '')).join('') : ''
  const words = wordsOf(typed.slice(0, 200)).slice(0, 8)
  if (words.length === 0) return compact === '' ? null : lexeme(compact)
  const all = words.map(lexeme).join(' & ')
  return compact === '' || words.length === 1 ? all : `(${all}) | ${lexeme(compact)}`
}

/** Words are letters and digits only, so nothing has to be escaped. */
const lexeme = (word: string) => (word.length >= 3 ? `'${word}':*` : `'${word}'`)
