import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  emptyState,
  link,
  linkButton,
  notice,
  pageHeading,
  table,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDateTime, formatDay, formatNumber } from '#platform/i18n/format.ts'
import type { Booking } from '../../domain/booking.ts'
import type { Offer } from '../../offer.ts'
import type { Displaced, PlanChange } from '../../store/plan-changes.ts'
import { texts } from '../../texts/index.ts'
import { whenOf } from '../booking-facts.ts'
import { matters } from '../search.ts'
import { counterName } from './counter.ts'

export interface ChangeView {
  readonly change: PlanChange
  /** null: the city itself, or an account that is gone. */
  readonly madeBy: string | null
  readonly displaced: readonly (Displaced & { readonly now: Booking | null })[]
  readonly offer: Offer
  readonly back: { readonly path: string; readonly label: string }
  /** Offices in which the account may see and change appointments. */
  readonly mayOpen: (booking: Booking) => boolean
}

/** `/workbench/termine/aenderungen/:id`: what a change hit, and how far what follows from it has come. */
export function changePage(ctx: Ctx, view: ChangeView): Html {
  const t = texts(ctx).plan.change
  const { change, displaced } = view
  const done = displaced.filter(({ outcome }) => outcome !== null).length
  const title = t.title[change.kind]
  const at = formatDateTime(ctx, change.madeAt)
  return layout(ctx, {
    title,
    main: html`${backLink(ctx, href(ctx, view.back.path), view.back.label)}
    ${pageHeading({ title, lead: html`<p>${view.madeBy === null ? at : t.by(view.madeBy, at)}${change.from ? html`<br>${t.from(formatDay(ctx, change.from))}` : nothing}</p>` })}
    ${displaced.length === 0 ? emptyState({ title: texts(ctx).plan.preview.noHits }) : progressOf(ctx, view, done)}
    ${displaced.length === 0 ? nothing : list(ctx, view)}`,
  })
}

function progressOf(ctx: Ctx, { change, displaced }: ChangeView, done: number): Html {
  const t = texts(ctx).plan.change
  if (done === displaced.length) return alert(ctx, { kind: 'success', title: t.finished })
  return html`${notice(
    html`<p>
      <strong>${t.progress(formatNumber(ctx, done), formatNumber(ctx, displaced.length))}</strong><br>${t.working}
    </p>`,
  )}
  <progress aria-hidden="true" class="ap-progress" value="${done}" max="${displaced.length}"></progress>
  <p>${linkButton({ label: t.refresh, href: href(ctx, `/workbench/termine/aenderungen/${change.id}`) })}</p>`
}

function list(ctx: Ctx, { displaced, offer, mayOpen }: ChangeView): Html {
  const t = texts(ctx).plan
  return table(ctx, {
    caption: t.change.caption,
    dense: true,
    rows: displaced,
    columns: [
      { key: 'was', title: t.change.was, cell: ({ wasAt }) => whenOf(ctx, { startsAt: wasAt }) },
      { key: 'what', title: t.preview.what, cell: ({ now }) => (now ? matters(ctx, offer, now.services) : '–') },
      {
        key: 'outcome',
        title: t.change.outcome,
        cell: ({ outcome, choice }) => (outcome ? t.change.outcomes[outcome] : t.change.waiting[choice]),
      },
      {
        key: 'now',
        title: t.change.now,
        cell: ({ now, wasAt, outcome }) => {
          if (!now) return '–'
          const words =
            now.state === 'cancelled'
              ? t.change.cancelled
              : outcome === 'reseated'
                ? counterName(ctx, now.lane)
                : now.startsAt.equals(wasAt)
                  ? '–'
                  : whenOf(ctx, now)
          return mayOpen(now)
            ? html`${words === '–' ? nothing : html`${words}<br>`}${link(href(ctx, `/workbench/termine/buchungen/${now.id}`), t.change.open, { about: whenOf(ctx, { startsAt: wasAt }) })}`
            : words
        },
      },
    ],
  })
}
