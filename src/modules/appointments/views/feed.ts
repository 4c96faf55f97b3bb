import type { Ctx } from '#platform/context.ts'
import { alert, backLink, buttonForm, copyable, link, pageHeading, prose } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { texts } from '../texts/index.ts'

export interface FeedView {
  readonly has: boolean
  /** Just made; never shown again. */
  readonly address: string | null
}

/** `/konto/termine/kalender`: the address with which a calendar program follows one's appointments. */
export function feedPage(ctx: Ctx, { has, address }: FeedView): Html {
  const t = texts(ctx)
  const path = href(ctx, '/konto/termine/kalender')
  const make = has ? t.feed.makeNew : t.feed.make
  return layout(ctx, {
    title: t.feed.title,
    noIndex: true,
    main: html`${backLink(ctx, href(ctx, '/konto/termine'), t.mine.title)}
    ${pageHeading({ title: t.feed.title, lead: t.feed.lead })}
    ${address ? alert(ctx, { kind: 'success', title: t.feed.made, body: madeWords(ctx, address), live: true }) : nothing}
    ${prose(html`<p>${has ? t.feed.has : t.feed.none}</p>`, html`<p>${t.feed.secret}</p>`)}
    <div class="kern-button-group rh-buttons">
      ${buttonForm({ action: path, label: make, kind: has ? 'secondary' : 'primary' })}
      ${has ? buttonForm({ action: `${path}/ende`, label: t.feed.end }) : nothing}
    </div>`,
  })
}

function madeWords(ctx: Ctx, address: string): Html {
  const t = texts(ctx).feed
  return html`<p>${t.madeBody}</p>
    <p>${copyable(ctx, address)}</p>
    <p>${link(address.replace(/^https?:/, 'webcal:'), t.open)}</p>`
}
