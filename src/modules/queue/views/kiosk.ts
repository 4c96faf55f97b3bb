import { ARRIVAL_LENGTH, ARRIVAL_SIGNS } from '#modules/appointments/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  errorOf,
  errorSummary,
  fieldId,
  icon,
  keyboard,
  linkButton,
  textField,
} from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { screenLayout } from '#platform/html/layout.ts'
import { minutesForNew, type Room } from '../domain/room.ts'
import type { Said } from '../problems.ts'
import { texts } from '../texts/index.ts'
import type { House } from '../use-cases/offices.ts'
import type { WalkIns } from '../use-cases/walk-ins.ts'
import { STYLES, waitWords } from './words.ts'

/** Then whoever stands there has gone, and the next one begins at the beginning. */
const IDLE_SECONDS = 60
/** Whom a touch chooses; larger groups ask at the reception. */
export const PEOPLE = [1, 2, 3, 4, 5]

/** Enter presses the first button of a form, if it can be seen: this one sends no matter, so that a scan draws no number. */
const ENTER_DRAWS_NOTHING = html`<button class="kern-sr-only" type="submit" name="code" value="" tabindex="-1" aria-hidden="true">–</button>`

/** In the address, and of the form that sends several matters. */
export const SEVERAL = 'mehrere'

/** What somebody has chosen who comes for several matters. */
export interface Several {
  readonly people: number
  readonly services: readonly string[]
}

export const kioskPath = (office: string): string => `/kiosk/${office}`

/** Code or matter: one touch to a number. */
export function kioskPage(
  ctx: Ctx,
  house: House,
  room: Room,
  o: {
    readonly errors: Readonly<Record<string, string>>
    readonly said: Said | null
    readonly walkIns: WalkIns
    /** null: one touch to a number, for one matter. */
    readonly several: Several | null
  },
): Html {
  const t = texts(ctx).kiosk
  const { office } = house
  const action = href(ctx, kioskPath(office.slug))
  const givesNumbers = o.walkIns.areSeen && !room.isFull
  return screenLayout(ctx, {
    kind: 'kiosk',
    touch: true,
    title: `${t.title}: ${office.name[ctx.locale]}`,
    styles: [...STYLES, 'queue-kiosk.css'],
    scripts: ['queue-kiosk.js'],
    ...(givesNumbers ? {} : { refresh: { seconds: IDLE_SECONDS, to: kioskPath(office.slug) } }),
    main: html`<queue-kiosk${attributes({
      'data-seconds': String(IDLE_SECONDS),
      'data-to': kioskPath(office.slug),
      // In the morning it is open again without a touch, and nobody finds what somebody else has begun.
      'data-always': !givesNumbers || o.several !== null,
    })}>
      ${kioskHead(ctx, house, t.welcome)}
      ${errorSummary(ctx, o.errors)}
      ${o.said ? alert(ctx, { kind: 'warning', title: o.said.title, body: o.said.advice, live: true }) : nothing}
      <div class="qu-kiosk">
        <section class="qu-kiosk__part" aria-labelledby="mit-termin">
          <h2 class="kern-heading-medium" id="mit-termin">${t.withCode}</h2>
          <form class="rh-form" method="post" action="${action}" novalidate>
            ${textField(ctx, {
              name: 'code',
              label: t.codeLabel,
              hint: t.codeHint,
              error: o.errors['code'],
              autocomplete: 'off',
              autocapitalize: 'characters',
              spellcheck: false,
              maxLength: 200,
              width: 10,
            })}
            ${keyboard(ctx, { field: 'code', signs: ARRIVAL_SIGNS, most: ARRIVAL_LENGTH })}
            ${button({ label: t.codeSend, icon: 'check' })}
          </form>
        </section>
        <section class="qu-kiosk__part" aria-labelledby="ohne-termin">
          <h2 class="kern-heading-medium" id="ohne-termin">${t.walkIn}</h2>
          ${givesNumbers ? walkInForm(ctx, house, room, o) : noNumbers(ctx, room, o.walkIns)}
        </section>
      </div>
      <rh-scan data-field="code"></rh-scan>
    </queue-kiosk>`,
  })
}

function walkInForm(
  ctx: Ctx,
  house: House,
  room: Room,
  o: {
    readonly several: Several | null
    readonly errors: Readonly<Record<string, string>>
    readonly walkIns: WalkIns
  },
): Html {
  const t = texts(ctx).kiosk
  const { several, errors } = o
  return html`<form method="post" action="${href(ctx, kioskPath(house.office.slug))}">
    ${ENTER_DRAWS_NOTHING}
    <fieldset class="qu-people">
      <legend class="kern-label">${t.peopleLabel}</legend>
      ${PEOPLE.map(
        (count) =>
          html`<label class="qu-people__choice"><input${attributes({
            type: 'radio',
            name: 'people',
            value: String(count),
            checked: count === (several?.people ?? 1),
          })}><span>${String(count)}</span></label>`,
      )}
    </fieldset>
    ${
      several
        ? severalMatters(ctx, house, several, errors['service'])
        : html`<div class="qu-several">
              <p>${t.walkInHint}</p>
              ${house.services.length > 1 ? severalButton(ctx) : nothing}
            </div>
            <ul class="qu-matters">
              ${house.services.map((page) => matterButton(ctx, house, room, page, o.walkIns))}
            </ul>`
    }
  </form>`
}

/** Takes along for how many people it is. */
const severalButton = (ctx: Ctx): Html =>
  html`<button class="kern-btn kern-btn--secondary" type="submit" formmethod="get" name="${SEVERAL}" value="1">${icon('add')}<span class="kern-label">${texts(ctx).kiosk.several}</span></button>`

function severalMatters(ctx: Ctx, house: House, { services }: Several, error: string | undefined): Html {
  const t = texts(ctx).kiosk
  const field = { name: 'service', label: t.severalHint, error }
  return html`<fieldset${attributes({ class: 'qu-people', 'aria-describedby': error && `${fieldId('service')}-error` })}>
      <legend>${t.severalHint}</legend>
      ${errorOf(ctx, field)}
      <ul class="qu-matters">
        ${house.services.map(
          ({ slug, words }, i) =>
            html`<li><label class="qu-matter qu-matter--several"><input${attributes({
              type: 'checkbox',
              id: i === 0 ? fieldId('service') : undefined,
              name: 'service',
              value: slug,
              checked: services.includes(slug),
            })}><strong>${words.title}</strong></label></li>`,
        )}
      </ul>
    </fieldset>
    <div class="rh-buttons qu-draw">
      <button class="kern-btn kern-btn--primary" type="submit" name="${SEVERAL}" value="1">${icon('check')}<span class="kern-label">${t.draw}</span></button>
      ${linkButton({ label: t.onlyOne, href: href(ctx, kioskPath(house.office.slug)), kind: 'tertiary' })}
    </div>`
}

function noNumbers(ctx: Ctx, { isFull }: Room, { areSeen, hours }: WalkIns): Html {
  const { kiosk: t, problems } = texts(ctx)
  return isFull && areSeen
    ? html`<p><strong>${problems.officeFull}</strong></p>
        <p>${problems.officeFullAdvice}</p>`
    : html`<p><strong>${t.closed(hours)}</strong></p>
        <p>${t.closedBody}</p>`
}

export function kioskHead(ctx: Ctx, house: House, title: string): Html {
  const other = ctx.locale === 'de' ? 'en' : 'de'
  return html`<header class="qu-bar">
    <h1 class="qu-bar__title">${title}</h1>
    <p class="qu-bar__office">${house.office.name[ctx.locale]}</p>
    <a${attributes({ class: 'kern-btn kern-btn--secondary', href: href({ locale: other }, ctx.path), lang: other, hreflang: other })}>${icon('language')}<span class="kern-label">${other === 'en' ? 'English' : 'Deutsch'}</span></a>
  </header>`
}

function matterButton(
  ctx: Ctx,
  house: House,
  room: Room,
  page: House['services'][number],
  { closesAt }: WalkIns,
): Html {
  const t = texts(ctx).kiosk
  const now = ctx.clock.now()
  const team = house.teams.find(({ services }) => services.includes(page.slug))!
  const minutes = minutesForNew(room, team.id, now)
  // They may be called after everybody has gone home.
  const isTooLong = minutes !== null && closesAt !== null && now.until(closesAt).total('minutes') < minutes
  const words = minutes === null ? t.noCounter : t.waits(waitWords(ctx, Math.max(1, minutes)), isTooLong)
  return html`<li><button class="qu-matter" type="submit" name="service" value="${page.slug}"><strong>${page.words.title}</strong><span>${words}</span></button></li>`
}

/** The terminal shows a number for a moment only. */
export function kioskGonePage(ctx: Ctx, house: House): Html {
  const t = texts(ctx).kiosk
  return screenLayout(ctx, {
    kind: 'kiosk',
    touch: true,
    title: t.gone,
    styles: [...STYLES, 'queue-kiosk.css'],
    scripts: [],
    refresh: { seconds: 15, to: href(ctx, kioskPath(house.office.slug)) },
    main: html`${kioskHead(ctx, house, t.gone)}
      <div class="rh-stack">
        <p>${t.goneBody}</p>
        ${linkButton({ label: t.toStart, href: href(ctx, kioskPath(house.office.slug)), kind: 'primary' })}
      </div>`,
  })
}
