import type { Office } from '#modules/catalogue/public.ts'
import { PUSH_SCRIPT, pushSwitch } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  buttonForm,
  errorSummary,
  form,
  icon,
  link,
  linkButton,
  textField,
} from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { screenLayout } from '#platform/html/layout.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { counterOf, placeOf, waitsForTime, type Room } from '../domain/room.ts'
import { spokenTicket } from '../domain/ticket.ts'
import { isHere, isJustDone, type Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import { MOST_CALLS } from '../use-cases/call.ts'
import type { Shown } from '../use-cases/own-ticket.ts'
import { liveRegion, LIVE, part, STYLES, ticketWords, waitSentence } from './words.ts'

const REFRESH_SECONDS = 20

export const phonePath = (code: string): string => `/warten/${code}`
export const browsersPath = (code: string): string => `/api/v1/queue/tickets/${code}/browsers`

/** What somebody wants of their ticket; each is a page whose form nothing replaces, so that nothing typed is lost. */
export const WISHES = ['bescheid', 'aufgeben'] as const
export type Wish = (typeof WISHES)[number]

export interface PhoneView extends Shown {
  readonly office: Office
  /** The office that sent them to this one. */
  readonly from: Office | null
  readonly code: string
  /** null: nobody is told by push. */
  readonly pushKey: string | null
}

/** A ticket on a telephone: how long it still takes, and where to go. */
export function phonePage(ctx: Ctx, view: PhoneView, room: Room): Html {
  const { visit, code } = view
  return screenLayout(ctx, {
    kind: 'phone',
    title: texts(ctx).phone.title(spokenTicket(visit.ticket)),
    styles: STYLES,
    scripts: [LIVE, PUSH_SCRIPT],
    refresh: { seconds: REFRESH_SECONDS },
    main: html`${phoneHead(ctx, view)}
      ${liveRegion(ctx, { src: href(ctx, `${phonePath(code)}/live`) }, phoneBoard(ctx, view, room))}
      ${languageLink(ctx)}`,
  })
}

function phoneHead(ctx: Ctx, { office, visit }: PhoneView): Html {
  return html`<header class="qu-phone__head">
    <p class="qu-phone__office">${office.name[ctx.locale]}</p>
    <h1 class="qu-phone__heading">${texts(ctx).phone.heading} <span class="qu-phone__ticket">${ticketWords(visit.ticket)}</span></h1>
  </header>`
}

/** One wish, asked in peace; how they stand stays above it and up to date, since they may be called meanwhile. */
export function phoneWishPage(
  ctx: Ctx,
  view: PhoneView,
  room: Room,
  o: { readonly wish: Wish; readonly typed: string; readonly errors: Readonly<Record<string, string>> },
): Html {
  const t = texts(ctx).phone
  const path = href(ctx, phonePath(view.code))
  return screenLayout(ctx, {
    kind: 'phone',
    title: o.wish === 'bescheid' ? t.tellTitle : t.giveUpTitle,
    styles: STYLES,
    scripts: [LIVE],
    main: html`${backLink(ctx, path)} ${phoneHead(ctx, view)}
    <div class="qu-phone__call">
      ${liveRegion(ctx, { src: `${path}/live` }, standingPart(ctx, view, currentOf(view, room), room))}
    </div>
    <div class="rh-stack qu-phone__wish">
      ${errorSummary(ctx, o.errors)}
      ${
        o.wish === 'bescheid'
          ? html`<h2 class="kern-heading-medium">${t.tellTitle}</h2>
              ${form(
                { action: `${path}/bescheid` },
                textField(ctx, {
                  name: 'contact',
                  label: t.contact,
                  hint: t.contactHint,
                  value: o.typed,
                  autocomplete: 'email',
                  spellcheck: false,
                  autocapitalize: 'none',
                  maxLength: 254,
                  ...(o.errors['contact'] === undefined ? {} : { error: o.errors['contact'] }),
                }),
                button({ label: t.tell, icon: 'mail' }),
              )}`
          : html`<h2 class="kern-heading-medium">${t.giveUpTitle}</h2>
              <p>${t.giveUpBody}</p>
              ${buttonForm({ label: t.giveUp, kind: 'danger', action: `${path}/aufgeben` })}`
      }
    </div>`,
  })
}

/** What changes. `room` may be newer than the view. */
export function phoneBoard(ctx: Ctx, view: PhoneView, room: Room): Html {
  const visit = currentOf(view, room)
  if (!view.isOwn)
    return html`${standingPart(ctx, view, visit, room)}
    ${part('qu-wishes', isHere(visit) ? html`<p>${texts(ctx).phone.glance}</p>` : nothing)}`
  return html`${standingPart(ctx, view, visit, room)}
  ${part('qu-device', onDevice(ctx, view, visit))}
  ${part('qu-wishes', visit.state === 'waiting' || visit.state === 'parked' ? wishes(ctx, view, visit) : nothing)}`
}

const currentOf = ({ visit }: PhoneView, room: Room): Visit =>
  room.visits.find(({ id }) => id === visit.id) ?? { ...visit, state: 'done' }

const standingPart = (ctx: Ctx, view: PhoneView, visit: Visit, room: Room): Html =>
  part('qu-standing', standing(ctx, view, visit, room), { spoken: 'polite' })

/** Told on this device, or not any more. Nothing while somebody is at a counter or on the way there, or may be again. */
function onDevice(ctx: Ctx, { code, pushKey }: PhoneView, visit: Visit): Html {
  if (pushKey === null || visit.state === 'called' || visit.state === 'serving') return nothing
  if (visit.state === 'done' && isJustDone(visit, ctx.clock.now())) return nothing
  return pushSwitch(ctx, {
    path: phonePath(code),
    browsers: browsersPath(code),
    key: pushKey,
    when: texts(ctx).phone.pushWhen,
    isOver: !isHere(visit),
  })
}

function standing(ctx: Ctx, view: PhoneView, visit: Visit, room: Room): Html {
  const t = texts(ctx).phone
  const counter = counterOf(room, visit.counter)
  const name = counter?.name[ctx.locale] ?? ''
  switch (visit.state) {
    case 'waiting': {
      if (visit.calls > 0)
        return html`<div class="qu-standing">
          <p class="qu-standing__wait">${t.missed}</p>
          <p>${t.missedBody}</p>
          <p class="qu-standing__note">${t.refreshed}</p>
        </div>`
      const place = placeOf(room, visit.id, ctx.clock.now())!
      const booked = visit.bookedAt && t.booked(formatTime(ctx, visit.bookedAt))
      return html`<div class="qu-standing">
        ${sentWords(ctx, view)}
        ${
          waitsForTime(visit, place, ctx.clock.now())
            ? html`<p class="qu-standing__wait">${booked}</p>
                <p>${t.position(place.position)}</p>`
            : html`<p class="qu-standing__wait">${waitSentence(ctx, place.minutes)}</p>
                <p>${t.position(place.position)}</p>
                ${booked ? html`<p>${booked}</p>` : nothing}`
        }
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
    case 'forwarded':
      // The script asks for the page anew: it has another number and office.
      return html`<div class="qu-standing" data-again>
        <p class="qu-standing__wait">${t.forwarded}</p>
        <p>${link(href(ctx, phonePath(view.code)), t.newNumber)}</p>
      </div>`
    case 'absent':
      return html`<div class="qu-standing">
        <p class="qu-standing__wait">${visit.calls < MOST_CALLS ? t.absent : t.missed}</p>
        <p>${visit.calls < MOST_CALLS ? nothing : t.absent} ${t.absentBody}</p>
      </div>`
  }
}

/** To whom another office has sent them, and where that is. */
function sentWords(ctx: Ctx, { office, from }: PhoneView): Html {
  if (!from) return nothing
  const t = texts(ctx).phone
  return html`<p>${t.sentFrom(from.name[ctx.locale])}</p>
    <p>
      ${t.goToOffice}<br><strong>${office.name[ctx.locale]}</strong><br>${office.street} ${office.houseNumber}<br>${office.postcode} ${office.place}
    </p>
    <p>${office.access[ctx.locale]}</p>`
}

function wishes(ctx: Ctx, { code }: PhoneView, visit: Visit): Html {
  const t = texts(ctx).phone
  const path = href(ctx, phonePath(code))
  const wish = (wish: Wish, label: string) =>
    linkButton({ label, href: `${path}?wunsch=${wish}`, kind: wish === 'bescheid' ? 'secondary' : 'tertiary' })
  return html`<div class="rh-stack">
    ${visit.telling === 'told' ? html`<p>${t.told}</p>` : nothing}
    ${
      visit.telling === 'wanted'
        ? html`<p>${t.wanted}</p>
            ${buttonForm({ label: t.notAnyMore, kind: 'tertiary', action: `${path}/bescheid`, fields: { 'doch-nicht': 'ja' } })}`
        : nothing
    }
    ${visit.telling === 'no' && visit.state === 'waiting' ? wish('bescheid', t.tellBy) : nothing}
    ${wish('aufgeben', t.giveUpTitle)}
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
