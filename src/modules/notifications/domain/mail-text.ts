import type { Locale } from '#platform/i18n/locale.ts'
import { oneLine, shortened } from './notice.ts'

export interface MailParts {
  readonly locale: Locale
  readonly city: string
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** With an absolute address. */
  readonly link: { readonly url: string; readonly label: string } | null
  /** Lines at the end: address and telephone of the city. */
  readonly signature: readonly string[]
}

/** The text part: what everybody can read, wrapped by the reader's program. */
export function mailText(parts: MailParts): string {
  return [
    ...parts.paragraphs,
    ...(parts.link ? [`${parts.link.label}:\n${parts.link.url}`] : []),
    `-- \n${[parts.city, ...parts.signature].join('\n')}`,
  ].join('\n\n')
}

/** At most three joined messages of the GSM alphabet (3GPP TS 23.040: 153 characters each). */
const SMS_CHARACTERS = 459

/** Punctuation that this alphabet lacks (3GPP TS 23.038): one sign of it leaves 67 of 153 characters, and costs twice as much. */
const PLAIN: Readonly<Record<string, string>> = {
  '„': '"',
  '“': '"',
  '”': '"',
  '‚': "'",
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00A0': ' ',
  '\u202F': ' ',
}
const inGsm = (words: string): string => words.replaceAll(/[„“”‚‘’–—…\u00A0\u202F]/g, (sign) => PLAIN[sign]!)

/** As long as it counts: signs of the extension of this alphabet take two characters each. */
const counted = (words: string): string => words.replaceAll(/[€^{}[\]~\\|]/g, '$&\0')

/** City, subject and address; the rest of the words only as far as they fit. */
export function smsText(parts: MailParts): string {
  const head = inGsm(`${parts.city}: ${oneLine(parts.subject)}.`)
  const tail = parts.link ? ` ${parts.link.url}` : ''
  const room = SMS_CHARACTERS - counted(head + tail).length - 1
  const words = counted(inGsm(oneLine(parts.paragraphs.join(' '))))
  // Where it is cut the sign for that becomes three.
  const body = inGsm(shortened(words, room - 2)).replaceAll('\0', '')
  return `${head}${room > 20 ? ` ${body}` : ''}${tail}`
}
