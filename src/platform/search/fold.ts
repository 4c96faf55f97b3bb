const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/**
 * Text as people type it in a hurry: small letters, umlauts written out, no accents, anything else a space.
 * "Führungszeugnis" and "Fuehrungszeugnis" become the same.
 */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => GERMAN[letter]!)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Longest query that is looked at, in characters; nobody types more, and a longer one would only cost time. */
const LONGEST_QUERY = 200
const MOST_WORDS = 10

/** Words of a query as they were typed; single letters are left out, they would match everything. */
export function wordsOf(query: string): string[] {
  const words = query
    .slice(0, LONGEST_QUERY)
    .normalize('NFC')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => fold(word).length > 1)
  return [...new Set(words)].slice(0, MOST_WORDS)
}
