/** Whom a bay is free for, in the words of the sign: letters of zones, then perhaps times. */
export interface PermitText {
  readonly zones: readonly string[]
  /** "Mo-Sa 19-8 Uhr und So"; null where it holds always. */
  readonly times: string | null
}

const ZONE = /^[A-ZÄÖÜ]{1,2}\d{0,2}$/
const JOIN = /^(,|\/|\+|&|u\.?|und|sowie|oder)$/i
/** Two letters that begin a time, not a zone: "Mo-Sa", "So". They are told by their small letter, but lists in capitals exist. */
const DAYS = new Set(['MO', 'DI', 'MI', 'DO', 'FR', 'SA', 'SO'])

/** Whether the text can be the letter of a zone: "A", "B2". */
export const isZoneLetter = (text: string): boolean => ZONE.test(text) && !DAYS.has(text)

/** "A", "M und D", "A, B", "A/B", "C Mo-Fr 18-8 Uhr sowie Sa und So" → letters and the rest. */
export function readPermitText(text: string): PermitText {
  const words = text
    .replaceAll(/([,/+&])/g, ' $1 ')
    .trim()
    .split(/\s+/)
  const zones: string[] = []
  let read = 0
  for (let i = 0; i < words.length; i += 2) {
    const word = words[i]!
    if (!isZoneLetter(word)) break
    zones.push(word)
    read = i + 1
    if (!JOIN.test(words[i + 1] ?? '')) break
  }
  const times = words
    .slice(read)
    .join(' ')
    .replaceAll(/ ([,/+&]) /g, (_, sign: string) => (sign === ',' ? ', ' : sign))
  return { zones: [...new Set(zones)], times: times || null }
}
