import type { Ctx } from '#platform/context.ts'
import {
  alert,
  actionList,
  badge,
  button,
  buttonForm,
  buttonGroup,
  descriptionList,
  emailField,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHeading,
  prose,
  section,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDay, formatNumber, formatTime, formatWeekday } from '#platform/i18n/format.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import { addressOf, askedOfWaiting, fieldsOf } from '../asked.ts'
import { instantOf } from '../domain/cells.ts'
import { lastDayBefore } from '../domain/waiting.ts'
import { officeNameIn, type Offer } from '../offer.ts'
import type { WaitingRow } from '../store/waiting.ts'
import { texts } from '../texts/index.ts'
import { STYLES, type Errors } from './choose.ts'
import { matters, proofOfWork, wishWords, type TimesView } from './search.ts'

/** What was typed, to be shown again where something is wrong with it. */
export interface TypedWaiting {
  readonly email: string
  readonly to: string
}

/** `/termine/warteliste`: whom to tell when something frees up. */
export function waitPage(ctx: Ctx, view: TimesView, typed: TypedWaiting, errors: Errors): Html {
  const t = texts(ctx)
  const { asked, times } = view
  const first = times.first && instantOf(times.first.from)
  const endsToday = first !== null && cityDate(first).equals(today(ctx.clock))
  return layout(ctx, {
    title: t.waiting.title,
    noIndex: true,
    styles: STYLES,
    scripts: ['appointments-proof.js'],
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: [
      { label: t.choose.title, href: href(ctx, '/termine') },
      { label: t.times.title, href: href(ctx, addressOf('/termine', asked)) },
      { label: t.waiting.title },
    ],
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.waiting.title, lead: wishWords(ctx, view) })}
    ${prose(html`<p>${first ? t.waiting.earlierThan(`${formatDay(ctx, first)}, ${formatTime(ctx, first)}`) : t.waiting.any}</p>
      <p>${t.waiting.notReserved}</p>`)}
    ${form(
      { action: href(ctx, '/termine/warteliste') },
      fieldsOf(asked).map(([name, value]) => hiddenField(name, value)),
      emailField(ctx, {
        name: 'email',
        label: t.booking.email,
        hint: t.waiting.emailHint,
        value: typed.email,
        error: errors['email'],
        maxLength: 254,
      }),
      // Of an entry that ends today anyway no last day matters.
      endsToday && errors['to'] === undefined
        ? nothing
        : textField(ctx, {
            name: 'to',
            label: t.waiting.to,
            hint: first ? t.waiting.toHintBefore(formatDay(ctx, first)) : t.waiting.toHint,
            value: typed.to,
            error: errors['to'],
            maxLength: 40,
            width: 10,
            optional: true,
          }),
      ctx.account === null ? proofOfWork(ctx) : nothing,
      buttonGroup(button({ label: t.waiting.submit })),
    )}`,
  })
}

/** A mail is on its way: nobody is put on the list by somebody else. */
export function waitSentPage(ctx: Ctx, email: string): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.waiting.sentTitle,
    noIndex: true,
    main: html`${pageHeading({ title: t.waiting.sentTitle, lead: t.booking.lookIntoMail(email) })}
    ${prose(html`<p>${t.waiting.sentBody}</p>`)}`,
  })
}

/** `/termine/warteliste/:id`: what somebody waits for, to confirm it, to look, to wait on or to leave. */
export function waitingPage(
  ctx: Ctx,
  { offer, row, refused = null }: { offer: Offer; row: WaitingRow; refused?: string | null },
): Html {
  const t = texts(ctx).waiting
  const path = href(ctx, `/termine/warteliste/${row.id}`)
  const look = linkButton({
    label: t.look,
    href: href(ctx, addressOf('/termine', askedOfWaiting(row))),
    icon: 'search',
    kind: row.state === 'told' ? 'primary' : 'secondary',
  })
  const leave = buttonForm({ action: `${path}/ende`, label: t.leave })
  const { title, lead } = t.states[row.state]
  return layout(ctx, {
    title,
    noIndex: true,
    styles: STYLES,
    main: html`${refused ? alert(ctx, { kind: 'warning', title: refused, live: true }) : nothing}
    ${pageHeading({ title, lead, badge: row.state === 'waiting' ? badge({ kind: 'success', label: t.onTheList }) : undefined })}
    ${facts(ctx, offer, row)}
    ${section(
      { title: texts(ctx).booking.actions },
      actionList(
        {
          unconfirmed: [buttonForm({ action: path, label: t.confirm, kind: 'primary' as const }), leave],
          waiting: [look, leave],
          told: [look, buttonForm({ action: path, label: t.waitOn }), leave],
        }[row.state],
      ),
    )}`,
  })
}

/** "ab 24. November, nur Samstag" */
export function waitingWhen(ctx: Ctx, { weekdays, fromDay, lastDay, before, expiresAt }: WaitingRow): string {
  const t = texts(ctx)
  const when = [
    ...(fromDay ? [t.times.fromDay(formatDay(ctx, Temporal.PlainDate.from(fromDay)))] : []),
    ...(lastDay && !before?.equals(expiresAt)
      ? [t.waiting.latest(formatDay(ctx, Temporal.PlainDate.from(lastDay)))]
      : []),
    ...(weekdays.length > 0 ? [t.times.onDays(weekdays.map((day) => formatWeekday(ctx, day)).join(', '))] : []),
    ...(before ? [t.waiting.before(`${formatDay(ctx, before)}, ${formatTime(ctx, before)}`)] : []),
  ]
  return when.length === 0 ? t.waiting.anyTime : when.join(', ')
}

/** Of all of them: what somebody agreed to stands here in full. */
export const waitingWhere = (ctx: Ctx, offer: Offer, { offices }: WaitingRow): string =>
  offices.length === 0 ? texts(ctx).choose.anywhere : offices.map((slug) => officeNameIn(ctx, offer, slug)).join(', ')

function facts(ctx: Ctx, offer: Offer, row: WaitingRow): Html {
  const t = texts(ctx)
  return descriptionList(ctx, [
    { label: t.booking.services, value: matters(ctx, offer, row.services) },
    { label: t.booking.people, value: formatNumber(ctx, row.people) },
    { label: t.booking.how, value: t.choose.variants[row.variant] },
    { label: t.booking.where, value: waitingWhere(ctx, offer, row) },
    { label: t.booking.when, value: waitingWhen(ctx, row) },
    { label: t.waiting.until, value: untilWords(ctx, row) },
  ])
}

/** Whoever had a later day in mind is told why it ends before. */
function untilWords(ctx: Ctx, { before, expiresAt }: WaitingRow): string {
  const day = formatDay(ctx, lastDayBefore(expiresAt))
  return before?.equals(expiresAt) ? texts(ctx).waiting.untilBefore(day) : day
}

export function leftPage(ctx: Ctx): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.waiting.leftTitle,
    noIndex: true,
    main: html`${pageHeading({ title: t.waiting.leftTitle, lead: t.waiting.leftBody })}
    ${buttonGroup(linkButton({ label: t.choose.title, href: href(ctx, '/termine'), kind: 'primary' }))}`,
  })
}

/** Beneath the times and where there are none. */
export function waitLink(ctx: Ctx, { asked, times }: Pick<TimesView, 'asked' | 'times'>): Html {
  const t = texts(ctx).waiting
  // Where the first time is the one with which the offices open, nobody waits for an earlier one.
  if (asked.after !== null || (times.first && !times.hasEarlier)) return nothing
  return section(
    { title: t.title },
    html`<p>${times.first ? t.offerEarlier : t.offer}</p>`,
    buttonGroup(linkButton({ label: t.join, href: href(ctx, addressOf('/termine/warteliste', asked)) })),
  )
}
