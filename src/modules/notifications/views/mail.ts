import { html, type Html } from '#platform/html/html.ts'
import type { MailParts } from '../domain/mail-text.ts'
import { oneLine } from '../domain/notice.ts'

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
