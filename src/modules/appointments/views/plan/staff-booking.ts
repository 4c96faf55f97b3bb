import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  button,
  buttonForm,
  buttonGroup,
  descriptionList,
  details,
  emailField,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  notice,
  pageHeading,
  section,
  telephoneField,
  telephoneLink,
  textareaField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { queryString } from '#platform/http/query.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { cityDate } from '#platform/time/clock.ts'
import { spacedArrivalCode, type Booking } from '../../domain/booking.ts'
import { texts } from '../../texts/index.ts'
import { mayWriteTo } from '../../use-cases/plan/callers.ts'
import { hasBegun, hasDayCome, isToday, mayStaffChange, reachedBy } from '../../use-cases/standing.ts'
import { bookingFacts, standingBadge, toBring, whenOf, type Shown } from '../booking-facts.ts'
import { whichDays, type Errors } from '../choose.ts'
import { timesToChoose, noteOf } from '../times.ts'
import { narrowWords, type TimesView } from '../search.ts'
import { calendarAddress } from './calendar.ts'
import { counterName } from './counter.ts'
import { PLAN_STYLES } from './frame.ts'

export const BOOKINGS = '/workbench/termine/buchungen'
export const STAFF_NOTES = [
  'verschoben',
  'abgesagt',
  'da',
  'doch-nicht-da',
  'gebucht',
  'gesendet',
  'berichtigt',
  'schalter',
] as const
export type StaffNote = (typeof STAFF_NOTES)[number]

export interface StaffBookingView extends Shown {
  readonly done: StaffNote | null
  /** Somebody else has changed it meanwhile. */
  readonly changedMeanwhile: boolean
  /** Whoever sits at its counter then cannot do what it is for; `nowhere`: and no other counter is free. */
  readonly unable?: 'here' | 'nowhere' | null
  /** What was looked for; the way back leads there. */
  readonly search?: string
  /** Of the way to reach the person, where it was wrong. */
  readonly typed?: { readonly email: string; readonly telephone: string }
  readonly errors?: Readonly<Record<string, string>>
}

const backOf = ({ office, startsAt }: Booking) =>
  calendarAddress({ office, day: cityDate(startsAt), view: 'tag', lane: null, person: null })

/** `/workbench/termine/buchungen/:id`: whose appointment it is, and what staff can do with it. */
export function staffBookingPage(ctx: Ctx, view: StaffBookingView): Html {
  const t = texts(ctx)
  const { booking, done } = view
  return layout(ctx, {
    title: t.plan.staffBooking.title,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(view.errors ?? {}).length > 0,
    main: html`${wayBack(ctx, view)} ${errorSummary(ctx, view.errors ?? {})}
    ${done ? alert(ctx, { kind: 'success', title: t.plan.staffBooking.done[done], live: true }) : nothing}
    ${view.changedMeanwhile ? alert(ctx, { kind: 'warning', title: t.booking.changedMeanwhile, body: t.booking.changedMeanwhileBody, live: true }) : nothing}
    ${pageHeading({
      title: whenOf(ctx, booking),
      preline: counterName(ctx, booking.lane),
      badge: standingBadge(ctx, booking),
    })}
    ${view.unable ? otherCounter(ctx, booking, view.unable) : nothing} ${bookingFacts(ctx, view)} ${contact(ctx, booking)}
    ${actions(ctx, booking)} ${mayStaffChange(ctx, booking) ? toBring(ctx, view, t.plan.staffBooking.toldToBring) : nothing} ${contactForm(ctx, view)}
    ${cancelForm(ctx, booking)}
    <p class="kern-body--muted">${t.plan.staffBooking.audited}</p>`,
  })
}

function otherCounter(ctx: Ctx, { id }: Booking, unable: 'here' | 'nowhere'): Html {
  const t = texts(ctx).plan.staffBooking
  return html`${alert(ctx, { kind: 'warning', title: t.unable, body: unable === 'nowhere' ? t.noCounter : t.unableBody })}
  ${unable === 'nowhere' ? nothing : buttonForm({ action: href(ctx, `${BOOKINGS}/${id}/schalter`), label: t.reseat })}`
}

function wayBack(ctx: Ctx, { booking, search }: StaffBookingView): Html {
  const t = texts(ctx).plan
  return search
    ? backLink(ctx, href(ctx, `/workbench/termine/suche${queryString({ q: search })}`), t.callers.back)
    : backLink(ctx, href(ctx, backOf(booking)), t.staffBooking.toCalendar)
}

/** How they are reached can be mended; who they are cannot, for appointments are not handed on. */
function contactForm(ctx: Ctx, { booking, typed, errors = {} }: StaffBookingView): Html {
  const t = texts(ctx)
  if (!mayWriteTo(ctx, booking)) return nothing
  const { id, email, telephone, sequence } = booking
  return section(
    { title: t.plan.callers.correctTitle },
    html`<p>${t.plan.callers.nameFixed}</p>`,
    form(
      { action: href(ctx, `${BOOKINGS}/${id}/kontakt`) },
      hiddenField('sequence', String(sequence)),
      emailField(ctx, {
        name: 'email',
        label: t.booking.email,
        hint: t.plan.callers.correctHint,
        value: typed?.email ?? email,
        error: errors['email'],
        optional: true,
        maxLength: 254,
        autocomplete: 'off',
      }),
      telephoneField(ctx, {
        name: 'telephone',
        label: t.booking.telephone,
        value: typed?.telephone ?? telephone,
        error: errors['telephone'],
        optional: true,
        maxLength: 40,
        autocomplete: 'off',
      }),
      buttonGroup(button({ label: t.plan.callers.save, kind: 'secondary' })),
    ),
  )
}

function contact(ctx: Ctx, booking: Booking): Html {
  const t = texts(ctx).plan.staffBooking
  const { email, telephone, attendedAt, state, arrivalCode } = booking
  return section(
    { title: t.contact },
    descriptionList(ctx, [
      { label: t.email, value: email },
      { label: t.telephone, value: telephone && telephoneLink(telephone) },
      ...(state === 'booked' && arrivalCode !== null
        ? [{ label: texts(ctx).plan.bookFor.arrivalCode, value: spacedArrivalCode(arrivalCode) }]
        : []),
      ...(state === 'booked' && (attendedAt !== null || hasBegun(ctx, booking))
        ? [{ label: t.attended, value: attendedAt ? t.cameAt(formatTime(ctx, attendedAt)) : t.notAttended }]
        : []),
    ]),
  )
}

function actions(ctx: Ctx, booking: Booking): Html {
  const t = texts(ctx).plan.staffBooking
  const { id, email, account, state, attendedAt } = booking
  const came =
    state === 'booked' && hasDayCome(ctx, booking)
      ? attendedAt === null
        ? buttonForm({ action: href(ctx, `${BOOKINGS}/${id}/ankunft`), label: t.markCame })
        : isToday(ctx, booking)
          ? buttonForm({ action: href(ctx, `${BOOKINGS}/${id}/doch-nicht-da`), label: t.markNotCame })
          : nothing
      : nothing
  const again =
    mayWriteTo(ctx, booking) && (email || account)
      ? buttonForm({
          action: href(ctx, `${BOOKINGS}/${id}/bestaetigung`),
          label: texts(ctx).plan.callers.sendAgain,
          fields: { sequence: String(booking.sequence) },
        })
      : nothing
  return mayStaffChange(ctx, booking)
    ? buttonGroup(linkButton({ label: t.move, href: href(ctx, `${BOOKINGS}/${id}/verschieben`) }), again, came)
    : html`${came}${again}`
}

/** Last, so that nobody meets it on the way to something else. */
function cancelForm(ctx: Ctx, booking: Booking): Html {
  const t = texts(ctx).plan.staffBooking
  const { id, sequence } = booking
  const way = reachedBy(booking)
  if (!mayStaffChange(ctx, booking)) return nothing
  return section(
    { title: t.cancelTitle },
    way === 'mail' ? nothing : notice(html`<p>${way === 'sms' ? t.bySms : t.noMail}</p>`),
    form(
      { action: href(ctx, `${BOOKINGS}/${id}/absage`) },
      hiddenField('sequence', String(sequence)),
      way === 'none'
        ? nothing
        : textareaField(ctx, {
            name: 'message',
            label: t.message,
            hint: way === 'mail' ? t.messageHint : t.messageHintSms,
            rows: 3,
            maxLength: 500,
            optional: true,
          }),
      buttonGroup(button({ label: way === 'none' ? t.cancelOnly : t.cancelConfirm, kind: 'danger' })),
    ),
  )
}

export type StaffMoveView = Shown &
  Omit<TimesView, 'times'> & { readonly times: TimesView['times'] | null; readonly errors: Errors }

/** Other times for the same appointment. */
export function staffMovePage(ctx: Ctx, view: StaffMoveView): Html {
  const t = texts(ctx).plan.staffBooking
  const { booking, times, asked, errors } = view
  const narrow = narrowWords(ctx, { offer: view.offer, asked: { ...asked, office: null } })
  const hasErrors = Object.keys(errors).length > 0
  const path = `${BOOKINGS}/${booking.id}/verschieben`
  const way = {
    path,
    action: path,
    hint: reachedBy(booking) === 'mail' ? t.moveHint : reachedBy(booking) === 'sms' ? t.moveHintSms : t.moveHintCall,
    take: t.moveTake,
    forStaff: true,
    hidden: [['sequence', String(booking.sequence)]] as const,
  }
  return layout(ctx, {
    title: t.moveTitle,
    styles: PLAN_STYLES,
    hasErrors,
    main: html`${backLink(ctx, href(ctx, `${BOOKINGS}/${booking.id}`), t.title)} ${errorSummary(ctx, errors)}
    ${noteOf(ctx, view, path)} ${pageHeading({ title: t.moveTitle, preline: whenOf(ctx, booking) })}
    ${details(
      { summary: narrow === '' ? t.moveDays : `${t.moveDays}: ${narrow}`, open: hasErrors },
      form(
        { action: href(ctx, path), method: 'get' },
        whichDays(ctx, { asked, errors }),
        buttonGroup(button({ label: texts(ctx).choose.submit, kind: 'secondary' })),
      ),
    )}
    ${times ? timesToChoose(ctx, { ...view, times }, way) : nothing}`,
  })
}
