import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonForm,
  details,
  errorSummary,
  form,
  icon,
  linkButton,
  textField,
} from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { screenLayout } from '#platform/html/layout.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { counterOf, placeOf, type Room } from '../domain/room.ts'
import { spokenTicket } from '../domain/ticket.ts'
import type { Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import { liveRegion, LIVE, part, STYLES, ticketWords, waitSentence } from './words.ts'

const REFRESH_SECONDS = 20

export const phonePath = (code: string): string => `/warten/${code}`

export interface PhoneView {
  readonly office: Office
  readonly visit: Visit
  readonly code: string
  readonly typed: string
  readonly errors: Readonly<Record<string, string>>
}

/** A ticket on a telephone: how long it still takes, and where to go. */
export function phonePage(ctx: Ctx, view: PhoneView, room: Room): Html {
  const t = texts(ctx).phone
  const { visit, code, office, errors } = view
  const hasErrors = Object.keys(errors).length > 0
  return screenLayout(ctx, {
    kind: 'phone',
    title: t.title(spokenTicket(visit.ticket)),
    styles: STYLES,
    scripts: [LIVE],
    // What somebody types would be lost.
    ...(hasErrors ? {} : { refresh: { seconds: REFRESH_SECONDS } }),
    main: html`${errorSummary(ctx, errors)}
      <header class="qu-phone__head">
        <p class="qu-phone__office">${office.name[ctx.locale]}</p>
        <h1 class="qu-phone__heading">${t.heading} <span class="qu-phone__ticket">${ticketWords(visit.ticket)}</span></h1>
      </header>
      ${liveRegion(ctx, { src: href(ctx, `${phonePath(code)}/live`) }, phoneBoard(ctx, view, room))}
      ${languageLink(ctx)}`,
  })
}

/** What changes. `room` may be newer than the view. */
export function phoneBoard(ctx: Ctx, view: PhoneView, room: Room): Html {
  const visit = room.visits.find(({ id }) => id === view.visit.id) ?? { ...view.visit, state: 'done' as const }
  return html`${part('qu-standing', standing(ctx, visit, room), { spoken: 'polite' })}
  ${part('qu-wishes', visit.state === 'waiting' || visit.state === 'parked' ? wishes(ctx, view, visit) : nothing)}`
}

function standing(ctx: Ctx, visit: Visit, room: Room): Html {
  const t = texts(ctx).phone
  const counter = counterOf(room, visit.counter)
  const name = counter?.name[ctx.locale] ?? ''
  switch (visit.state) {
    case 'waiting': {
      const place = placeOf(room, visit.id, ctx.clock.now())!
      return html`<div class="qu-standing">
        <p class="qu-standing__wait">${waitSentence(ctx, place.minutes)}</p>
        <p>${t.position(place.position)}</p>
        ${visit.booking === null ? nothing : html`<p>${t.booked(formatTime(ctx, visit.dueAt))}</p>`}
        <p class="qu-standing__note">${t.refreshed}</p>
      </div>`
    }
    case 'called':
      return html`<div class="qu-standing qu-standing--called">
        <h2 class="kern-heading-large">${icon('success')} ${t.called}</h2>
        <p class="qu-standing__goto">${t.goTo(name)}</p>
        <p>${counter?.way[ctx.locale] ?? ''}</p>
      </div>`
    case 'serving':
      return html`<div class="qu-standing"><p class="qu-standing__wait">${t.serving(name)}</p></div>`
    case 'parked':
      return html`<div class="qu-standing"><p class="qu-standing__wait">${t.parked}</p></div>`
    case 'done':
      return html`<div class="qu-standing"><p class="qu-standing__wait">${t.done}</p></div>`
    case 'absent':
      return html`<div class="qu-standing">
        <p class="qu-standing__wait">${t.absent}</p>
        <p>${t.absentBody}</p>
      </div>`
  }
}

function wishes(ctx: Ctx, view: PhoneView, visit: Visit): Html {
  const t = texts(ctx).phone
  const path = href(ctx, phonePath(view.code))
  const { telling } = visit
  const tell =
    telling === 'told'
      ? html`<p>${t.told}</p>`
      : telling === 'wanted'
        ? html`<p>${t.wanted}</p>
          ${buttonForm({ label: t.notAnyMore, kind: 'tertiary', action: `${path}/bescheid`, fields: { contact: '' } })}`
        : form(
            { action: `${path}/bescheid`, label: t.tellTitle },
            textField(ctx, {
              name: 'contact',
              label: t.contact,
              hint: t.contactHint,
              error: view.errors['contact'],
              value: view.typed,
              autocomplete: 'email',
              spellcheck: false,
              autocapitalize: 'none',
              maxLength: 254,
            }),
            button({ label: t.tell, kind: 'secondary', icon: 'mail' }),
          )
  return html`<div class="rh-stack">
    ${
      visit.state === 'waiting'
        ? details(
            { summary: t.tellTitle, id: 'bescheid', open: Object.keys(view.errors).length > 0 || telling !== 'no' },
            tell,
          )
        : nothing
    }
    ${details(
      { summary: t.giveUpTitle, id: 'aufgeben' },
      html`<p>${t.giveUpBody}</p>`,
      buttonForm({ label: t.giveUp, kind: 'danger', action: `${path}/aufgeben` }),
    )}
  </div>`
}

function languageLink(ctx: Ctx): Html {
  const other = ctx.locale === 'de' ? 'en' : 'de'
  return html`<p class="qu-phone__language">
    <a${attributes({ class: 'kern-link', href: href({ locale: other }, ctx.path), lang: other, hreflang: other })}>${icon('language')}${other === 'en' ? 'English' : 'Deutsch'}</a>
  </p>`
}

/** The same for a number that never was and one of another day. */
export function phoneGonePage(ctx: Ctx): Html {
  const t = texts(ctx).phone
  return screenLayout(ctx, {
    kind: 'phone',
    title: t.goneTitle,
    styles: STYLES,
    main: html`<div class="rh-stack">
      <h1 class="kern-heading-large">${t.goneTitle}</h1>
      <p>${t.goneBody}</p>
      ${linkButton({ label: ctx.tenant.name, href: href(ctx, '/'), kind: 'secondary' })}
    </div>`,
  })
}
