import type { Ctx } from '#platform/context.ts'
import { attributes } from '#platform/html/attributes.ts'
import {
  alert,
  button,
  buttonForm,
  errorSummary,
  icon,
  keyboard,
  linkButton,
  textField,
  type Tone,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { screenLayout } from '#platform/html/layout.ts'
import type { Document } from '../domain/document.ts'
import { texts } from '../texts/index.ts'

export const TERMINAL = '/abholung/terminal'

/** Then whoever stood there has gone, and the next one begins at the beginning. */
const START_SECONDS = 45
const OPEN_SECONDS = 90

/** As on a telephone. */
const DIGITS = '1234567890'
export const CODE_DIGITS = 10
/** Names of the keys where there are no scripts. */
export const KEYS = { sign: 'ziffer', erase: 'loeschen' } as const

export interface Said {
  readonly kind: Tone
  readonly title: string
  readonly body?: string
}

/** A field for the code and keys to touch; each key is a button of the form, so that it works without scripts. */
export function startPage(
  ctx: Ctx,
  view: { office: string; typed: string; said: Said | null; error: string | null },
): Html {
  const t = texts(ctx).terminal
  const isFresh = view.typed === '' && !view.said && !view.error
  const errors: Record<string, string> = view.error === null ? {} : { code: view.error }
  return screen(ctx, {
    title: t.title,
    heading: t.welcome,
    seconds: isFresh ? null : START_SECONDS,
    office: view.office,
    main: html`${errorSummary(ctx, errors)} ${view.said ? alert(ctx, { ...view.said, live: true }) : nothing}
      <form class="pu-code" method="post" action="${href(ctx, TERMINAL)}" novalidate>
        ${textField(ctx, {
          name: 'code',
          label: t.label,
          hint: t.hint,
          value: view.typed,
          error: errors['code'],
          inputmode: 'numeric',
          autocomplete: 'off',
          maxLength: 20,
          width: 20,
        })}
        <div class="pu-open">${button({ label: t.open })}</div>
        ${keyboard(ctx, { field: 'code', signs: DIGITS, most: CODE_DIGITS, sent: KEYS })}
      </form>
      <rh-scan data-field="code"></rh-scan>`,
  })
}

/** The door is open: what to take, and the two things that can be said of it. */
export function openPage(ctx: Ctx, document: Document, office: string): Html {
  const t = texts(ctx).terminal
  const action = (name: string) => href(ctx, `${TERMINAL}/fach/${document.id}/${name}`)
  return screen(ctx, {
    title: t.openTitle(document.compartment!),
    heading: t.openTitle(document.compartment!),
    seconds: OPEN_SECONDS,
    office,
    main: html`<p class="pu-number" aria-hidden="true">${document.compartment}</p>
      <p class="pu-words">${t.openBody(texts(ctx).document.named(document.title))}</p>
      <div class="pu-buttons">
        ${buttonForm({ label: t.taken, kind: 'primary', icon: 'check', action: action('genommen') })}
        ${buttonForm({ label: t.stuck, action: action('klemmt') })}
      </div>`,
  })
}

function screen(
  ctx: Ctx,
  o: { title: string; heading: string; office: string; seconds: number | null; main: Html },
): Html {
  const t = texts(ctx).terminal
  const other = ctx.locale === 'de' ? 'en' : 'de'
  const start = href({ locale: 'de' }, TERMINAL)
  return screenLayout(ctx, {
    kind: 'pickup',
    touch: true,
    title: o.title,
    styles: ['pickup-pages.css'],
    ...(o.seconds === null ? {} : { refresh: { seconds: o.seconds, to: start } }),
    main: html`<header class="pu-bar">
        <h1 class="pu-bar__title">${o.heading}</h1>
        <p class="pu-bar__office">${o.office}</p>
        <a${attributes({ class: 'kern-btn kern-btn--secondary', href: href({ locale: other }, ctx.path), lang: other, hreflang: other })}>${icon('language')}<span class="kern-label">${other === 'en' ? 'English' : 'Deutsch'}</span></a>
      </header>
      <div class="pu-main">${o.main}</div>
      ${
        o.seconds === null
          ? nothing
          : html`<p class="pu-foot">${linkButton({ label: t.toStart, href: start, kind: 'tertiary' })}</p>
              <rh-return data-seconds="${o.seconds}" data-to="${start}"></rh-return>`
      }`,
  })
}
