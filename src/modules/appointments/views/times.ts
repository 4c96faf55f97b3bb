import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  emptyState,
  hiddenField,
  icon,
  link,
  list,
  pageHeading,
  section,
  telephoneLink,
} from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDay, formatShortDay, formatTime } from '#platform/i18n/format.ts'
import { CITY_TIME_ZONE, cityDate } from '#platform/time/clock.ts'
import { addressOf, fieldsOf, officesOf } from '../asked.ts'
import type { Booking } from '../domain/booking.ts'
import { instantOf } from '../domain/cells.ts'
import type { FreeDay, FreeTime } from '../domain/search.ts'
import { officeNameIn } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { changeWish, SCRIPTS, STYLES } from './choose.ts'
import { keptHereNotice } from './kept.ts'
import { placeWords, proofOfWork, wishWords, type TimesView } from './search.ts'
import { waitLink } from './waiting.ts'

/** Days of the row above the times: one row on a desktop, four on a phone. */
const DAYS_SHOWN = 8

/** @param kept for the same, by this device, and without a name yet; null: nothing is */
export function timesPage(ctx: Ctx, view: TimesView, kept: Booking | null): Html {
  const t = texts(ctx)
  const { offer, asked } = view
  return layout(ctx, {
    title: t.times.title,
    noIndex: true,
    styles: STYLES,
    scripts: ['appointments-proof.js', ...SCRIPTS],
    breadcrumbs: [{ label: t.choose.title, href: href(ctx, '/termine') }, { label: t.times.title }],
    main: html`${noteOf(ctx, view, '/termine')} ${pageHeading({ title: t.times.title, lead: wishWords(ctx, view) })}
    ${kept ? keptHereNotice(ctx, { offer, kept, path: '/termine' }, t.times.keptHere) : nothing} ${changeWish(ctx, { offer, asked })}
    ${timesToChoose(ctx, view, { path: '/termine', action: '/termine/halten', hint: t.times.chooseTime, take: t.times.take, hidden: [], needsProof: ctx.account === null })}
    ${isDoneHere(view) && !isShut(view) ? waitLink(ctx, view) : nothing}`,
  })
}

/** @param path of the page that shows the times */
export function noteOf(ctx: Ctx, view: Pick<TimesView, 'offer' | 'asked' | 'note'>, path: string): Html {
  const t = texts(ctx).times
  const { note } = view
  if (note === null) return nothing
  if (note === 'zu-viele') return tooMany(ctx, view, path)
  const [title, body] = {
    vergeben: [t.taken, t.takenBody],
    vorbei: [t.notOffered, t.takenBody],
    dieselbe: [t.same, t.sameBody],
    abgelaufen: [t.lapsed, t.lapsedBody],
    unbestaetigt: [t.notConfirmed, t.notConfirmedBody],
    inzwischen: [t.takenMeanwhile, t.searchKept],
    zurueckgegeben: [t.givenBack, t.searchKept],
    'ab-heute': [t.pastDay, t.pastDayBody],
  }[note] as [string, string]
  return alert(ctx, { kind: 'warning', title, body, live: true })
}

/** Whoever cannot show a proof of work, without scripts for one, is told the other ways. */
function tooMany(ctx: Ctx, { offer, asked }: Pick<TimesView, 'offer' | 'asked'>, path: string): Html {
  const t = texts(ctx).times
  const office = offer.offices.find(({ slug }) => slug === asked.office)
  const next = encodeURIComponent(href(ctx, addressOf(path, asked)))
  const ways = [
    ...(ctx.account ? [] : [html`${link(href(ctx, `/anmelden?next=${next}`), t.tooManySignIn)}: ${t.tooManyAccount}`]),
    html`${t.call} ${office ? html`${office.name[ctx.locale]}, ` : nothing}${telephoneLink(office?.telephone ?? ctx.tenant.theme.contact.telephone)}`,
    t.tooManyWait,
    ...(ctx.account ? [] : [t.tooManyScripts]),
  ]
  return alert(ctx, {
    kind: 'warning',
    title: t.tooMany,
    body: html`<p>${t.tooManyBody}</p>${list(ways)}`,
    live: true,
  })
}

interface Way {
  /** Address of the page that shows the times. */
  readonly path: string
  /** Where the chosen time is sent. */
  readonly action: string
  /** What happens with the time that somebody chooses. */
  readonly hint: string
  /** Words of the button of the first time. */
  readonly take: string
  readonly hidden: readonly (readonly [string, string])[]
  /** Where anybody can take a time, with nothing to show for. */
  readonly needsProof?: boolean
  /** Nobody tells staff to call the city. */
  readonly forStaff?: boolean
}

/** The first time, then a row of days and the times of some of them, to choose one with a button. */
export function timesToChoose(ctx: Ctx, view: Omit<TimesView, 'note'>, way: Way): Html {
  const t = texts(ctx).times
  const { asked, times } = view
  if (times.first === null) return nothingFree(ctx, view, way)
  const later = times.next && addressOf(way.path, asked, { after: times.next })
  const isFirstPage = asked.after === null
  return html`<form method="post" action="${href(ctx, way.action)}" class="ap-times">
    ${[...fieldsOf(asked), ...way.hidden].map(([name, value]) => hiddenField(name, value))}
    ${isFirstPage ? earliest(ctx, view, way) : nothing} ${dayRow(ctx, view, way)}
    <p>${way.hint}</p>
    ${way.needsProof ? proofOfWork(ctx) : nothing}
    ${timesByDay(ctx, view)}
    <nav class="ap-pages" aria-label="${t.later}">
      ${isFirstPage ? nothing : link(href(ctx, addressOf(way.path, asked, { after: null })), t.toFirst)}
      ${later ? html`<a class="kern-link kern-link--no-visited-state" href="${href(ctx, later)}">${t.later}${icon('arrow-forward')}</a>` : nothing}
    </nav>
  </form>`
}

const timeValue = ({ from, office }: FreeTime): string => `${instantOf(from).toString()} ${office}`

function earliest(ctx: Ctx, { offer, times, distances }: Omit<TimesView, 'note'>, { take }: Way): Html {
  const t = texts(ctx).times
  const first = times.first!
  const at = instantOf(first.from)
  return html`<section class="ap-first" aria-labelledby="frueheste">
    <h2 class="kern-title" id="frueheste">${t.earliest}</h2>
    <p class="ap-first__when"><strong>${formatDay(ctx, at)}<br>${formatTime(ctx, at)}</strong>, ${placeWords(ctx, { offer, distances }, first.office)}</p>
    ${button({ label: take, icon: 'calendar-today', name: 'time', value: timeValue(first) })}
  </section>`
}

/** Some days with what is free on them; those among which the first time of the page lies. */
function dayRow(ctx: Ctx, { asked, times }: Omit<TimesView, 'note'>, { path }: Way): Html {
  const t = texts(ctx).times
  const { days } = times
  const shown = times.times[0] ? cityDate(instantOf(times.times[0].from)).toString() : null
  const begin =
    Math.floor(
      Math.max(
        0,
        days.findIndex(({ day }) => day === shown),
      ) / DAYS_SHOWN,
    ) * DAYS_SHOWN
  const to = (day: FreeDay) => href(ctx, addressOf(path, asked, { after: startOf(day.day) }))
  const [earlier, later] = [days[begin - DAYS_SHOWN], days[begin + DAYS_SHOWN]]
  return html`<nav class="ap-days" aria-label="${t.others}">
    <ul class="ap-days__list">
      ${days
        .slice(begin, begin + DAYS_SHOWN)
        .map(
          (one) =>
            html`<li><a${attributes({ class: 'ap-day', href: to(one), 'aria-current': one.day === shown ? 'date' : undefined })}><strong>${formatShortDay(ctx, Temporal.PlainDate.from(one.day))}</strong><span>${t.count(one.times)}</span></a></li>`,
        )}
    </ul>
    <p class="ap-pages">
      ${earlier ? html`<a class="kern-link kern-link--no-visited-state" href="${to(earlier)}">${icon('arrow-back')}${t.earlierDays}</a>` : nothing}
      ${later ? html`<a class="kern-link kern-link--no-visited-state" href="${to(later)}">${t.laterDays}${icon('arrow-forward')}</a>` : nothing}
    </p>
  </nav>`
}

const startOf = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: CITY_TIME_ZONE }).toInstant()

/** A heading a day; within it the hours, each with its times. */
function timesByDay(ctx: Ctx, { offer, asked, times, distances }: Omit<TimesView, 'note'>): Html {
  const t = texts(ctx).times
  const withOffice = asked.office === null
  const zoned = ({ from }: FreeTime) => instantOf(from).toZonedDateTimeISO(CITY_TIME_ZONE)
  const byDay = Map.groupBy(times.times, (time) => zoned(time).toPlainDate().toString())
  return html`${[...byDay].map(([day, ofDay]) => {
    const date = Temporal.PlainDate.from(day)
    // The hour of the clock that is set back comes twice, and is two hours.
    const byHour = Map.groupBy(ofDay, (time) =>
      zoned(time).round({ smallestUnit: 'hour', roundingMode: 'floor' }).toString(),
    )
    return section(
      { title: formatDay(ctx, date) },
      [...byHour].map(
        ([hour, ofHour]) =>
          html`<div class="ap-hour">
            <h3 class="kern-title">${t.hour(String(Temporal.ZonedDateTime.from(hour).hour))}</h3>
            <ul class="ap-hour__times${withOffice ? ' ap-hour__times--wide' : ''}">
              ${ofHour.map(
                (time) =>
                  html`<li><button class="ap-time" type="submit" name="time" value="${timeValue(time)}"><strong>${formatTime(ctx, instantOf(time.from))}</strong>${
                    withOffice ? html`<span>${placeWords(ctx, { offer, distances }, time.office)}</span>` : nothing
                  }<span class="kern-sr-only">${formatShortDay(ctx, date)}</span></button></li>`,
              )}
            </ul>
          </div>`,
      ),
    )
  })}`
}

const isAnyOf = (offices: readonly string[], wanted: readonly string[]) =>
  wanted.length === 0 || offices.some((slug) => wanted.includes(slug))

/** Whether any of the offices in which somebody looks does all of it. */
export const isDoneHere = ({ asked, times, distances }: Pick<TimesView, 'asked' | 'times' | 'distances'>): boolean =>
  // What nobody does anywhere is nothing of this place.
  times.doneBy.length === 0 || isAnyOf(times.doneBy, officesOf(asked, distances))

/** Waiting would be in vain: where it is done. */
function notDoneHere(ctx: Ctx, { offer, asked, times }: Omit<TimesView, 'note'>, path: string): Html {
  const t = texts(ctx).times
  const to = (office: string) => href(ctx, addressOf(path, asked, { office, near: '', after: null }))
  return emptyState({
    title: asked.office === null ? t.notDoneNear : t.notDoneHere(officeNameIn(ctx, offer, asked.office)),
    body: html`<p>${t.doneThere}</p>
      ${list(times.doneBy.map((slug) => link(to(slug), officeNameIn(ctx, offer, slug))))}`,
  })
}

const isAfterRelease = ({ asked: { from }, times: { releasedUntil } }: Pick<TimesView, 'asked' | 'times'>): boolean =>
  from.date !== null && releasedUntil !== null && Temporal.PlainDate.compare(from.date, releasedUntil) > 0

/** Nobody waits for days on which nobody works. */
export const isShut = (view: Pick<TimesView, 'asked' | 'times'>): boolean => view.times.isShut && !isAfterRelease(view)

function nothingFree(ctx: Ctx, view: Omit<TimesView, 'note'>, { path, forStaff = false }: Way): Html {
  const t = texts(ctx).times
  const { offer, asked, times } = view
  if (!isDoneHere(view)) return notDoneHere(ctx, view, path)
  const { contact } = ctx.tenant.theme
  const office = offer.offices.find(({ slug }) => slug === asked.office)
  const { releasedUntil } = times
  const isTooFar = isAfterRelease(view)
  const anywhere = addressOf(path, asked, { office: null, among: [], near: '', after: null })
  const anyDay = addressOf(path, asked, { from: { date: null, wrong: null, typed: '' }, weekdays: [], after: null })
  const isNarrow = asked.from.typed !== '' || asked.weekdays.length > 0
  return emptyState({
    title: isShut(view) ? t.emptyShutTitle : t.emptyTitle,
    body: html`<p>${isTooFar ? t.emptyTooFar(formatDay(ctx, releasedUntil!)) : isShut(view) ? t.emptyShut : t.emptyBody}</p>
      ${list([
        ...(officesOf(asked, null).length === 0 && asked.near === ''
          ? []
          : [link(href(ctx, anywhere), t.searchEverywhere)]),
        ...(isNarrow ? [link(href(ctx, anyDay), t.searchAllDays)] : []),
        ...(forStaff ? [] : [html`${t.call} ${telephoneLink(office?.telephone ?? contact.telephone)}`]),
      ])}`,
  })
}
