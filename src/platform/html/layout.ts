import type { Ctx } from '../context.ts'
import { attributes, tokens } from './attributes.ts'
import { areaOf, type Area } from './chrome/area.ts'
import { footer } from './chrome/footer.ts'
import { header } from './chrome/header.ts'
import { breadcrumb, type Crumb } from './components/navigation.ts'
import { href } from './href.ts'
import { html, nothing, type Html } from './html.ts'
import { texts } from './texts/index.ts'

export interface LayoutOptions {
  /** Of the page alone; the city's name is added. */
  readonly title: string
  /** Everything inside `<main>`, the `h1` included. */
  readonly main: unknown
  /** A band over the whole width above everything else: the one question of the home page. Holds the `h1` then. */
  readonly hero?: unknown
  /** Told from the path where it is left out. */
  readonly area?: Area
  readonly breadcrumbs?: readonly Crumb[]
  /** One sentence for search engines and shared links. */
  readonly description?: string
  /** The page shows errors of a form: the title says so first, for screen readers. */
  readonly hasErrors?: boolean
  /** Kept out of search engines: pages behind a code or of one person. Pages of signed-in people are anyway. */
  readonly noIndex?: boolean
  /** Names of further scripts of `browser/` folders (`map.js`), loaded as modules. */
  readonly scripts?: readonly string[]
  /** Names of further stylesheets. */
  readonly styles?: readonly string[]
}

/** A page without the city's header and footer: a screen in a hall, a terminal, a ticket on a phone. */
export interface ScreenOptions extends Pick<LayoutOptions, 'title' | 'main' | 'scripts' | 'styles'> {
  /** Where there are no scripts: seconds until the page is asked for again, or leads elsewhere (`to`, a final address). */
  readonly refresh?: { readonly seconds: number; readonly to?: string }
  /** Names the kind of screen for styles: `rh-screen--display`. */
  readonly kind: string
  /** People stand before it and touch it: large on a large screen. */
  readonly touch?: boolean
}

/** As `layout`, for screens that show one thing. */
export function screenLayout(ctx: Ctx, o: ScreenOptions): Html {
  return html`<!DOCTYPE html>
    <html lang="${ctx.locale}">
      <head>
        ${head(ctx, { ...o, noIndex: true })} ${o.refresh ? refreshWithoutScripts(o.refresh) : nothing}
      </head>
      <body class="${tokens('rh-body rh-screen', `rh-screen--${o.kind}`, o.touch && 'rh-screen--touch')}">
        <main class="rh-screen__main" id="inhalt" tabindex="-1">${o.main}</main>
      </body>
    </html>`
}

const refreshWithoutScripts = ({ seconds, to }: { seconds: number; to?: string }): Html =>
  html`<noscript><meta${attributes({ 'http-equiv': 'refresh', content: to ? `${seconds}; url=${to}` : seconds })}></noscript>`

/** A whole page: KERN's look in the city's colours, the same page in both languages, nothing inline. */
export function layout(ctx: Ctx, o: LayoutOptions): Html {
  const t = texts(ctx)
  const area = o.area ?? areaOf(ctx)
  const hidden = o.noIndex || ctx.account !== null || area === 'workbench'
  return html`<!DOCTYPE html>
    <html lang="${ctx.locale}">
      <head>
        ${head(ctx, { ...o, noIndex: hidden })}
      </head>
      <body${attributes({ class: `rh-body rh-body--${area}`, 'data-keys': area === 'workbench' ? JSON.stringify(t.keys) : undefined })}>
        <a class="rh-skip" href="#inhalt">${t.skipToContent}</a>
        ${header(ctx, area)}
        ${crumbs(ctx, area, o)}
        <main class="rh-main-frame" id="inhalt" tabindex="-1">
          ${o.hero ? html`<div class="rh-hero"><div class="rh-width">${o.hero}</div></div>` : nothing}
          <div class="rh-page rh-main rh-width">${o.main}</div>
        </main>
        ${footer(ctx, area)}
      </body>
    </html>`
}

/** What browsers, search engines and shared links read before they show anything. */
function head(ctx: Ctx, o: Omit<LayoutOptions, 'main'>): Html {
  const title = `${o.hasErrors ? texts(ctx).errorPrefix : ''}${o.title} – ${ctx.tenant.name}`
  return html`<meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    ${o.description ? html`<meta${attributes({ name: 'description', content: o.description })}>` : nothing}
    ${o.noIndex ? html`<meta name="robots" content="noindex">` : nothing}
    <link rel="stylesheet" href="${ctx.app.assets.url('site.css')}">
    ${o.styles?.map((name) => html`<link rel="stylesheet" href="${ctx.app.assets.url(name)}">`)}
    <link rel="stylesheet" href="${ctx.app.assets.themeUrl(ctx.tenant)}">
    <link rel="icon" href="${ctx.app.assets.iconUrl(ctx.tenant)}" type="image/svg+xml">
    <link rel="alternate" hreflang="de" href="${ctx.tenant.baseUrl}${href({ locale: 'de' }, ctx.path)}">
    <link rel="alternate" hreflang="en" href="${ctx.tenant.baseUrl}${href({ locale: 'en' }, ctx.path)}">
    <script type="module" src="${ctx.app.assets.url('site.js')}"></script>
    ${o.scripts?.map((name) => html`<script type="module" src="${ctx.app.assets.url(name)}"></script>`)}`
}

/** The way to the page. The workbench has its sections above, so there the way begins with the section. */
function crumbs(ctx: Ctx, area: Area, o: LayoutOptions): Html {
  const path = o.breadcrumbs ?? []
  const whole = area === 'workbench' ? path : [{ label: texts(ctx).home, href: href(ctx, '/') }, ...path]
  return whole.length < 2 ? nothing : html`<div class="rh-width">${breadcrumb(ctx, whole)}</div>`
}
