import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  buttonForm,
  buttonGroup,
  descriptionList,
  form,
  hiddenField,
  link,
  pageHeading,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDay, formatTimes } from '#platform/i18n/format.ts'
import type { Booking } from '../domain/booking.ts'
import { texts } from '../texts/index.ts'
import { placeOfBooking, type Shown } from './booking-facts.ts'
import { STYLES } from './choose.ts'
import { KEPT_SCRIPT, keptNotice } from './kept.ts'

/** From when to when, before anything changes; the new time is held meanwhile. */
export function confirmMovePage(ctx: Ctx, { old, to }: { readonly old: Shown; readonly to: Shown }): Html {
  const t = texts(ctx).moving
  const path = `/termine/${old.booking.id}`
  const move = `${path}/verschieben/${to.booking.id}`
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    styles: STYLES,
    scripts: [KEPT_SCRIPT],
    main: html`${backLink(ctx, href(ctx, path), texts(ctx).booking.title)} ${pageHeading({ title: t.title })}
    ${keptNotice(ctx, to.booking, t.kept)}
    ${descriptionList(ctx, [
      { label: t.from, value: old.displaced ? html`<s>${whenOf(ctx, old.booking)}</s>` : timeAndPlace(ctx, old) },
      { label: t.to, value: timeAndPlace(ctx, to) },
    ])}
    ${form(
      { action: href(ctx, move) },
      hiddenField('sequence', String(old.booking.sequence)),
      buttonGroup(button({ label: t.confirm, icon: 'calendar-today' })),
    )}
    ${buttonForm({ action: href(ctx, `${move}/freigabe`), label: t.otherTime })}
    ${old.displaced ? nothing : html`<p>${link(href(ctx, path), t.leave)}</p>`}`,
  })
}

const whenOf = (ctx: Ctx, { startsAt, endsAt }: Booking): Html =>
  html`<strong>${formatDay(ctx, startsAt)}</strong><br>${formatTimes(ctx, startsAt, endsAt)}`

const timeAndPlace = (ctx: Ctx, shown: Shown): Html =>
  html`${whenOf(ctx, shown.booking)}<br>${placeOfBooking(ctx, shown)}`
