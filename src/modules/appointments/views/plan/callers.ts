import type { Ctx } from '#platform/context.ts'
import {
  dayField,
  alert,
  emptyState,
  errorSummary,
  filterBar,
  link,
  linkButton,
  pageHeading,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { queryString } from '#platform/http/query.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import type { Booking } from '../../domain/booking.ts'
import { officeNameIn, type Offer } from '../../offer.ts'
import { texts } from '../../texts/index.ts'
import { MOST_FOUND, type FoundBookings } from '../../use-cases/plan/callers.ts'
import { standingBadge, whenOf } from '../booking-facts.ts'
import { matters } from '../search.ts'
import { BOOK_FOR } from './book-for.ts'
import { PLAN_STYLES, planTabs } from './frame.ts'
import { BOOKINGS } from './staff-booking.ts'

export const CALLERS = '/workbench/termine/suche'

export interface CallersView {
  readonly typed: { readonly q: string; readonly day: string }
  readonly errors: Readonly<Record<string, string>>
  /** null: nothing was looked for. */
  readonly found: FoundBookings | null
  readonly offer: Offer
}

/** `/workbench/termine/suche`: whose appointment it is about, in one field. */
export function callersPage(ctx: Ctx, view: CallersView): Html {
  const t = texts(ctx).plan.callers
  const { typed, errors, found } = view
  return layout(ctx, {
    title: t.title,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.title, lead: t.lead })} ${planTabs(ctx, 'search')}
    ${filterBar(
      ctx,
      { action: href(ctx, CALLERS), resetHref: href(ctx, CALLERS), isSearch: true },
      textField(ctx, {
        name: 'q',
        label: t.query,
        hint: t.queryHint,
        value: typed.q,
        error: errors['q'],
        type: 'search',
        maxLength: 254,
        width: 30,
        autocomplete: 'off',
        spellcheck: false,
      }),
      dayField(ctx, {
        name: 'tag',
        label: t.day,
        hint: '',
        value: typed.day,
        error: errors['tag'],
        optional: true,
      }),
    )}
    ${found ? results(ctx, view, found) : nothing}`,
  })
}

function results(ctx: Ctx, { offer, typed }: CallersView, { bookings, more }: FoundBookings): Html {
  const t = texts(ctx).plan.callers
  if (bookings.length === 0)
    return emptyState({
      title: t.emptyTitle,
      body: t.emptyBody,
      action: linkButton({ label: t.book, href: href(ctx, BOOK_FOR) }),
    })
  const to = ({ id }: Booking) => href(ctx, `${BOOKINGS}/${id}${queryString({ suche: typed.q })}`)
  return html`${
    more
      ? alert(ctx, { kind: 'warning', title: t.more(formatNumber(ctx, MOST_FOUND)), body: t.moreBody })
      : html`<h2 class="kern-title">${t.found(bookings.length, formatNumber(ctx, bookings.length))}</h2>`
  }
  ${table(ctx, {
    caption: t.caption,
    captionHidden: true,
    dense: true,
    rows: bookings,
    columns: [
      { key: 'when', title: t.when, cell: (booking) => link(to(booking), whenOf(ctx, booking)) },
      { key: 'name', title: t.name, cell: ({ name }) => name ?? '' },
      { key: 'matter', title: t.matter, cell: ({ services }) => matters(ctx, offer, services) },
      { key: 'where', title: t.where, cell: ({ office }) => officeNameIn(ctx, offer, office) },
      { key: 'state', title: t.state, cell: (booking) => standingBadge(ctx, booking, true) },
    ],
  })}
  <p class="kern-body--muted">${t.audited}</p>`
}
