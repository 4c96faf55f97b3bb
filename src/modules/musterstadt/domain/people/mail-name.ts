import { fold } from '#platform/search/fold.ts'

/** `Jürgen Müller-Lüdenscheidt` → `juergen.mueller-luedenscheidt`. */
export function mailName(givenName: string, familyName: string): string {
  return `${ascii(givenName)}.${ascii(familyName)}`
}

/** Letters that are none of a base letter and a mark, but have one that everybody types. */
const PLAIN: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', đ: 'd' }

const ascii = (name: string): string =>
  fold(name)
    .replaceAll(/[ıłđ]/g, (letter) => PLAIN[letter]!)
    .replaceAll(/[^a-z0-9]+/g, '-')
