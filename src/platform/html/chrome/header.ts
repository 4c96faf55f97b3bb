import type { Ctx } from '../../context.ts'
import type { NavigationEntry } from '../../module.ts'
import { attributes } from '../attributes.ts'
import { href } from '../href.ts'
import { html, nothing, raw, type Html } from '../html.ts'
import { icon } from '../components/icon.ts'
import { texts } from '../texts/index.ts'
import { currentEntry, currentState, entriesOf, grouped, type Area } from './area.ts'

/** Addresses of the module that owns accounts, which every page links to. */
const SIGN_IN = '/anmelden'
const SIGN_OUT = '/abmelden'
const ACCOUNT = '/konto'

/** City, languages, who is signed in, and the way to everything else. */
export function header(ctx: Ctx, area: Area): Html {
  return html`<header class="rh-header">
    <div class="rh-header__bar rh-width">
      ${brand(ctx, area)}
      <div class="rh-header__tools">${languages(ctx)}${person(ctx, area)}</div>
    </div>
    ${navigation(ctx, area)}
  </header>`
}

function brand(ctx: Ctx, area: Area): Html {
  const t = texts(ctx)
  const home = area === 'workbench' ? '/workbench' : '/'
  const logo = ctx.tenant.theme.logoSvg
    ? html`<span class="rh-brand__logo" aria-hidden="true">${raw(ctx.tenant.theme.logoSvg)}</span>`
    : nothing
  return html`<a class="rh-brand" href="${href(ctx, home)}">${logo}<span class="rh-brand__name">${ctx.tenant.name}${
    area === 'workbench' ? html`<span class="rh-brand__area">${t.workbench}</span>` : nothing
  }</span></a>`
}

/** The same page in the other language. */
function languages(ctx: Ctx): Html {
  const t = texts(ctx)
  const other = ctx.locale === 'de' ? 'en' : 'de'
  return html`<a${attributes({
    class: 'rh-tool',
    href: href({ locale: other }, ctx.path),
    lang: other,
    hreflang: other,
    rel: 'alternate',
  })}>${icon('language')}<span>${other === 'en' ? t.english : t.german}</span></a>`
}

function person(ctx: Ctx, area: Area): Html {
  const t = texts(ctx)
  if (!ctx.account)
    return html`<a class="rh-tool" href="${href(ctx, SIGN_IN)}">${icon('account-circle')}<span>${t.signIn}</span></a>`
  const other = otherSide(ctx, area)
  return html`${
    other
      ? html`<a class="rh-tool rh-tool--side" href="${other.href}">${icon(other.icon)}<span>${other.label}</span></a>`
      : nothing
  }<a class="rh-tool" href="${href(ctx, ACCOUNT)}" title="${ctx.account.name}">${icon('account-circle')}<span>${t.account}</span></a>
    <form class="rh-button-form" method="post" action="${href(ctx, SIGN_OUT)}">
      <button class="rh-tool" type="submit">${icon('logout')}<span>${t.signOut}</span></button>
    </form>`
}

/** Staff go to and fro between workbench and portal: beside the tools, on phones in the menu. */
function otherSide(ctx: Ctx, area: Area) {
  const t = texts(ctx)
  if (ctx.account?.kind !== 'staff') return null
  return area === 'workbench'
    ? ({ href: href(ctx, '/'), icon: 'home', label: t.portal } as const)
    : ({ href: href(ctx, '/workbench'), icon: 'checklist', label: t.workbench } as const)
}

/**
 * The area's entries. On phones they open under "Menü", those of the account under the name of the page, both `details`
 * elements, so that they work without scripts; on wide screens the stylesheet keeps them open.
 */
function navigation(ctx: Ctx, area: Area): Html {
  const t = texts(ctx)
  const main = entriesOf(ctx, area === 'workbench' ? 'workbench' : 'portal')
  const account = area === 'account' ? entriesOf(ctx, 'account') : []
  const other = otherSide(ctx, area)
  const side = other
    ? html`<li class="rh-nav__side"><a class="rh-nav__link" href="${other.href}">${other.label}</a></li>`
    : nothing
  return html`${
    main.length === 0
      ? nothing
      : html`<nav class="rh-nav" aria-label="${area === 'workbench' ? t.workbenchNavigation : t.mainNavigation}">
          ${fold('rh-nav', html`${icon('dehaze')}<span>${t.menu}</span>`, area === 'workbench' ? workbenchLinks(ctx, main) : links(ctx, main), side)}
        </nav>`
  }${
    account.length === 0
      ? nothing
      : html`<nav class="rh-subnav" aria-label="${t.accountNavigation}">
          ${fold('rh-subnav', html`${icon('dehaze')}<span>${t.account}: ${currentEntry(ctx, account)?.label[ctx.locale] ?? t.menu}</span>`, links(ctx, account))}
        </nav>`
  }`
}

function fold(block: string, label: Html, entries: readonly Html[], more: Html = nothing): Html {
  return html`<details class="rh-nav__fold rh-width">
    <summary class="rh-nav__toggle">${label}</summary>
    <ul class="${block}__list">
      ${entries}${more}
    </ul>
  </details>`
}

/** In one row on wide screens: what staff need seldom opens under a name, which says where one is. */
function workbenchLinks(ctx: Ctx, entries: readonly NavigationEntry[]): Html[] {
  const { daily, administration } = grouped(entries)
  const current = currentEntry(ctx, entries)
  const daylong = links(ctx, daily, current)
  if (administration.length === 0) return daylong
  const t = texts(ctx)
  const here = current && administration.includes(current) ? `: ${current.label[ctx.locale]}` : ''
  const group = html`<li>
    <details class="rh-nav__group">
      <summary${attributes({ class: 'rh-nav__link', 'data-current': here === '' ? undefined : true })}>${icon('arrow-down')}<span>${t.administration}${here}</span></summary>
      <ul class="rh-nav__more">
        ${links(ctx, administration, current)}
      </ul>
    </details>
  </li>`
  return [...daylong, group]
}

function links(
  ctx: Ctx,
  entries: readonly NavigationEntry[],
  current: NavigationEntry | null = currentEntry(ctx, entries),
): Html[] {
  return entries.map(
    (entry) =>
      html`<li><a${attributes({
        class: 'rh-nav__link',
        href: href(ctx, entry.path),
        'aria-current': entry === current ? currentState(ctx, entry) : undefined,
      })}>${entry.label[ctx.locale]}</a></li>`,
  )
}
