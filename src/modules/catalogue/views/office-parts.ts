import type { Ctx } from '#platform/context.ts'
import { badge, link, telephoneLink } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDate, formatWeekday } from '#platform/i18n/format.ts'
import type { OpenState } from '../domain/hours.ts'
import { officePath, type Office } from '../domain/office.ts'
import type { OfficeNow } from '../office-now.ts'
import { texts } from '../texts/index.ts'

/** "Jetzt geöffnet bis 13:00 Uhr", in words and with a colour that helps. */
export const openNow = (ctx: Ctx, now: OfficeNow): Html =>
  html`${openBadge(ctx, now)}<span class="kern-sr-only">,</span> ${openWords(ctx, now)}`

export const openBadge = (ctx: Ctx, { state }: OfficeNow): Html => {
  const t = texts(ctx).office
  return state.open ? badge({ kind: 'success', label: t.open }) : badge({ kind: 'neutral', label: t.closedState })
}

/** Until when it is open, or why it is not today and when it opens next. */
export function openWords(ctx: Ctx, now: OfficeNow): string {
  const t = texts(ctx).office
  if (now.state.open) return t.openUntil(now.state.until)
  const why = now.closedToday === null ? [] : [now.closedToday === '' ? t.closedToday : t.holidayToday(now.closedToday)]
  return [...why, nextWords(ctx, now.state, now.today)].join(', ')
}

function nextWords(ctx: Ctx, state: Extract<OpenState, { open: false }>, today: Temporal.PlainDate): string {
  const t = texts(ctx).office
  if (!state.next) return t.closedNow
  const { on, from } = state.next
  const days = today.until(on).days
  if (days === 0) return t.opensToday(from)
  if (days === 1) return t.opensTomorrow(from)
  return t.opensOn(days < 7 ? formatWeekday(ctx, on.dayOfWeek) : formatDate(ctx, on), from)
}

/** Address, telephone and whether it is open, with the way to the office's page. */
export function officeSummary(
  ctx: Ctx,
  now: OfficeNow,
  unit: { telephone: string | null; email: string | null } = { telephone: null, email: null },
): Html {
  const t = texts(ctx).office
  const { office } = now
  return html`<div class="rh-stack">
    <h3 class="kern-heading-small">${office.name[ctx.locale]}</h3>
    <p class="cat-state">${openNow(ctx, now)}</p>
    ${postalAddress(office)}
    <p>
      ${t.telephone}: ${telephoneLink(unit.telephone ?? office.telephone)}<br>
      ${t.email}: ${mailLink(unit.email ?? office.email)}
    </p>
    <p>${link(href(ctx, officePath(office.slug)), t.more, { about: office.name[ctx.locale] })}</p>
  </div>`
}

export const postalAddress = (office: Office): Html =>
  html`<address class="cat-address">${office.street} ${office.houseNumber}<br>${office.postcode} ${office.place}</address>`

export const mailLink = (email: string): Html => (email === '' ? nothing : link(`mailto:${email}`, email))
