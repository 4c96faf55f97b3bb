/** How near two spellings of a name are: `similar` is for a person to judge. */
export type Likeness = 'same' | 'similar' | 'different'

export interface Name {
  readonly givenName: string
  readonly familyName: string
}

/**
 * Compares names as people write them. The same are: upper and lower case, `ü`, `ue` and `u`, `ß` and `ss`, accents, hyphen or
 * blank, the order of a double name, one of several given names, given and family name in each other's field, titles left out.
 * Similar are: one part of a double family name, one letter more, less or other.
 */
export function compareNames(a: Name, b: Name): Likeness {
  const [givenA, givenB] = [words(a.givenName), words(b.givenName)]
  const [familyA, familyB] = [words(a.familyName), words(b.familyName)]
  if ([givenA, givenB, familyA, familyB].some((list) => list.length === 0)) return 'different'
  const straight = worse(likeness(givenA, givenB, 'any'), likeness(familyA, familyB, 'all'))
  if (straight === 'same') return 'same'
  const swapped = worse(likeness(givenA, familyB, 'all'), likeness(familyA, givenB, 'all'))
  return swapped === 'same' ? 'same' : straight
}

const TITLES = new Set(['dr', 'prof', 'dipl', 'ing', 'med', 'jur', 'phil', 'herr', 'frau', 'mr', 'mrs', 'ms'])

/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  đ: 'd',
  ø: 'o',
  æ: 'a',
  œ: 'o',
  þ: 'th',
  ð: 'd',
}

/** A title alone is a name: there are families Ing. */
function words(name: string): string[] {
  const all = name
    .toLowerCase()
    .replace(/[ßıłđøæœþð]/g, (letter) => LETTERS[letter]!)
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[’'`´]/g, '')
    .split(/[^\p{Letter}]+/u)
    .map((word) => word.replace(/([aou])e/g, '$1'))
    .filter((word) => word !== '')
  const names = all.filter((word) => !TITLES.has(word))
  return names.length > 0 ? names : all
}

/**
 * `any`: one common word is enough, since few people write all their given names. `all`: the same words in any order.
 */
function likeness(a: readonly string[], b: readonly string[], need: 'any' | 'all'): Likeness {
  const common = a.filter((word) => b.includes(word)).length
  const joined = a.toSorted().join('') === b.toSorted().join('') || a.join('') === b.join('')
  if (joined || (need === 'any' && common > 0)) return 'same'
  if (common > 0) return 'similar'
  // Of two short words nearly all are one slip apart.
  const isLong = (x: string, y: string) => Math.max(x.length, y.length) > 3
  return a.some((x) => b.some((y) => isLong(x, y) && isOneSlipApart(x, y))) ? 'similar' : 'different'
}

const RANK: readonly Likeness[] = ['same', 'similar', 'different']
const worse = (a: Likeness, b: Likeness): Likeness => RANK[Math.max(RANK.indexOf(a), RANK.indexOf(b))]!

/** One letter added, left out or replaced, or two neighbours exchanged. */
function isOneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}
