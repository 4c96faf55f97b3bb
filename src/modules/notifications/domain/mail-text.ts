import type { Locale } from '#platform/i18n/locale.ts'
import { html, type Html } from '#platform/html/html.ts'
import { oneLine } from './notice.ts'

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

/**
 * The HTML part: the same words. One column, no pictures, no tables, no tracking; readable with styles switched off,
 * in dark mode and at any size, because it sets little more than width and weight.
 */
export function mailHtml(parts: MailParts): Html {
  return html`<!doctype html>
    <html lang="${parts.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${oneLine(parts.subject)}</title>
      </head>
      <body style="font-family: sans-serif; font-size: 18px; line-height: 1.5; margin: 0; padding: 24px">
        <div style="max-width: 36em; margin: 0 auto">
          <p style="font-weight: bold">${parts.city}</p>
          <h1 style="font-size: 24px; line-height: 1.3">${oneLine(parts.subject)}</h1>
          ${parts.paragraphs.map((text) => html`<p style="white-space: pre-line">${text}</p>`)}
          ${
            parts.link ? html`<p><a href="${parts.link.url}" style="font-weight: bold">${parts.link.label}</a></p>` : ''
          }
          <hr />
          <p style="font-size: 16px">${[parts.city, ...parts.signature].map((line) => html`${line}<br />`)}</p>
        </div>
      </body>
    </html>`
}

/** At most three joined messages of the GSM alphabet (3GPP TS 23.040: 153 characters each). */
const SMS_CHARACTERS = 459

/** City, subject and address; the rest of the words only as far as they fit. */
export function smsText(parts: MailParts): string {
  const head = `${parts.city}: ${oneLine(parts.subject)}.`
  const tail = parts.link ? ` ${parts.link.url}` : ''
  const room = SMS_CHARACTERS - head.length - tail.length - 1
  const words = oneLine(parts.paragraphs.join(' '))
  const body = words.length <= room ? words : words.slice(0, Math.max(0, room - 1)).replace(/\s+\S*$/, '') + '…'
  return `${head}${room > 20 ? ` ${body}` : ''}${tail}`
}
