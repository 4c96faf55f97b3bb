import type { Html } from './html.ts'
import { html } from './html.ts'

/** An error page for a host that belongs to no city of this installation: no theme, no navigation. */
export function plainErrorPage(view: { title: string; advice: string; requestId: string }): Html {
  return html`<!doctype html>
    <html lang="de">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${view.title}</title>
      </head>
      <body>
        <main>
          <h1>${view.title}</h1>
          <p>${view.advice}</p>
          <p><small>${view.requestId}</small></p>
        </main>
      </body>
    </html>`
}
