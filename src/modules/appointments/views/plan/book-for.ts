import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  button,
  buttonForm,
  buttonGroup,
  emailField,
  errorSummary,
  form,
  linkButton,
  notice,
  pageHeading,
  radioField,
  telephoneField,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { LOCALES, type Locale } from '#platform/i18n/locale.ts'
import { spacedArrivalCode, type Booking } from '../../domain/booking.ts'
import { texts } from '../../texts/index.ts'
import { searchesApart, type ApartView } from '../apart.ts'
import { keptHereNotice } from '../kept.ts'
import { otherWayTitle, searchesOtherWays, type OtherWay } from '../other-way.ts'
import { bookingFacts, bookingInShort, toBring, type Shown } from '../booking-facts.ts'
import { changeWish, SCRIPTS, wishForm, type Choice } from '../choose.ts'
import type { Typed } from '../details.ts'
import { MATTER_SCRIPTS, matterSearch, type MatterChoice } from '../matter-list.ts'
import { wishWords, type TimesView } from '../search.ts'
import { noteOf, timesToChoose } from '../times.ts'
import { PLAN_STYLES, planTabs } from './frame.ts'
import { BOOKINGS } from './staff-booking.ts'

export const BOOK_FOR = '/workbench/termine/buchen'

/** Staff ask for somebody else. */
const formWords = (ctx: Ctx) => ({ ...texts(ctx).choose, ...texts(ctx).plan.bookFor.form })
const placeWords = (ctx: Ctx) => ({ ...texts(ctx).booking, ...texts(ctx).plan.bookFor.place })

/** What for. */
export const bookForMatterPage = (ctx: Ctx, choice: MatterChoice): Html =>
  askingPage(
    ctx,
    choice,
    MATTER_SCRIPTS,
    matterSearch(ctx, choice, { path: BOOK_FOR, label: texts(ctx).plan.bookFor.form.service, forStaff: true }),
  )

/** For how many, in which way, where and when. */
export const bookForPage = (ctx: Ctx, choice: Choice): Html =>
  askingPage(ctx, choice, SCRIPTS, wishForm(ctx, choice, BOOK_FOR, formWords(ctx)))

function askingPage(ctx: Ctx, { errors }: Pick<Choice, 'errors'>, scripts: readonly string[], asked: Html): Html {
  const t = texts(ctx).plan.bookFor
  return layout(ctx, {
    title: t.title,
    styles: PLAN_STYLES,
    scripts,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.title, lead: t.lead })}
    ${planTabs(ctx, 'book')} ${asked}`,
  })
}

/** @param kept for the same, by this device, and without a name yet; null: nothing is */
export function bookForTimesPage(ctx: Ctx, view: TimesView, kept: Booking | null): Html {
  const t = texts(ctx).plan.bookFor
  const way = { path: BOOK_FOR, action: `${BOOK_FOR}/halten`, hint: t.choose, take: t.take, hidden: [], forStaff: true }
  return layout(ctx, {
    title: t.title,
    styles: PLAN_STYLES,
    scripts: SCRIPTS,
    main: html`${backLink(ctx, href(ctx, BOOK_FOR), t.title)} ${noteOf(ctx, view, BOOK_FOR)}
    ${pageHeading({ title: t.title, lead: wishWords(ctx, view) })}
    ${kept ? keptHereNotice(ctx, { offer: view.offer, kept, path: BOOK_FOR }, t.keptHere) : nothing}
    ${changeWish(ctx, view, BOOK_FOR, formWords(ctx))}
    ${timesToChoose(ctx, view, way)}`,
  })
}

/** Several matters that nobody deals with together: one appointment after the other. */
export function bookForApartPage(ctx: Ctx, view: ApartView): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.apart.title,
    styles: PLAN_STYLES,
    scripts: SCRIPTS,
    main: html`${backLink(ctx, href(ctx, BOOK_FOR), t.plan.bookFor.title)}
    ${pageHeading({ title: t.apart.title, lead: t.plan.bookFor.apart })} ${searchesApart(ctx, view, BOOK_FOR)}
    ${changeWish(ctx, view, BOOK_FOR, formWords(ctx))}`,
  })
}

/** What is not dealt with by telephone: a search for each way in which it is. */
export function bookForOtherWayPage(ctx: Ctx, other: OtherWay): Html {
  const t = texts(ctx)
  const title = otherWayTitle(ctx, other)
  return layout(ctx, {
    title,
    styles: PLAN_STYLES,
    scripts: SCRIPTS,
    main: html`${backLink(ctx, href(ctx, BOOK_FOR), t.plan.bookFor.title)} ${pageHeading({ title })}
    ${searchesOtherWays(ctx, other, t.plan.bookFor.otherWay, BOOK_FOR, formWords(ctx))}`,
  })
}

export interface TypedOfCaller extends Typed {
  /** In which we write to them. */
  readonly locale: Locale
}

export interface BookForWho extends Shown {
  readonly typed: TypedOfCaller
  readonly errors: Readonly<Record<string, string>>
}

/** A time is held: whose appointment will it be? */
export function bookForWhoPage(ctx: Ctx, view: BookForWho): Html {
  const t = texts(ctx)
  const { booking, typed, errors } = view
  return layout(ctx, {
    title: t.plan.bookFor.whoTitle,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${backLink(ctx, href(ctx, BOOK_FOR), t.plan.bookFor.title)} ${errorSummary(ctx, errors)}
    ${pageHeading({ title: t.plan.bookFor.whoTitle })}
    ${booking.expiresAt ? notice(html`<p><strong>${t.plan.bookFor.keptUntil(formatTime(ctx, booking.expiresAt))}</strong></p>`) : nothing}
    ${bookingInShort(ctx, view, placeWords(ctx))}
    ${form(
      { action: href(ctx, `${BOOK_FOR}/${booking.id}`) },
      textField(ctx, {
        name: 'name',
        label: t.plan.bookFor.name,
        value: typed.name,
        error: errors['name'],
        width: 30,
        maxLength: 200,
        autocomplete: 'off',
      }),
      telephoneField(ctx, {
        name: 'telephone',
        label: t.booking.telephone,
        hint: t.plan.bookFor.telephoneHint,
        value: typed.telephone,
        error: errors['telephone'],
        optional: true,
        maxLength: 40,
        autocomplete: 'off',
      }),
      emailField(ctx, {
        name: 'email',
        label: t.booking.email,
        hint: t.plan.bookFor.emailHint,
        value: typed.email,
        error: errors['email'],
        optional: true,
        maxLength: 254,
        autocomplete: 'off',
      }),
      radioField(ctx, {
        name: 'language',
        label: t.plan.bookFor.language,
        choices: LOCALES.map((value) => ({ value, label: t.plan.bookFor.languages[value] })),
        value: typed.locale,
      }),
      buttonGroup(button({ label: t.plan.bookFor.book })),
    )}
    ${buttonForm({ action: href(ctx, `${BOOK_FOR}/${booking.id}/freigabe`), label: t.plan.bookFor.giveBack, kind: 'tertiary' })}`,
  })
}

/** What to tell whoever is on the telephone. */
export function bookedForPage(ctx: Ctx, view: Shown): Html {
  const t = texts(ctx).plan.bookFor
  const { id, arrivalCode } = view.booking
  return layout(ctx, {
    title: t.bookedTitle,
    styles: PLAN_STYLES,
    main: html`${alert(ctx, { kind: 'success', title: t.bookedTitle, live: true })}
    ${pageHeading({ title: t.bookedTitle, lead: t.bookedBody })} ${bookingFacts(ctx, view, placeWords(ctx))}
    ${arrivalCode === null ? nothing : html`<p>${t.arrivalCode}: <strong>${spacedArrivalCode(arrivalCode)}</strong></p>`}
    ${toBring(ctx, view, texts(ctx).plan.staffBooking.toldToBring)}
    ${buttonGroup(
      linkButton({ label: t.another, href: href(ctx, BOOK_FOR), kind: 'primary' }),
      may(ctx, 'appointments.work')
        ? linkButton({ label: t.toBooking, href: href(ctx, `${BOOKINGS}/${id}`) })
        : nothing,
    )}`,
  })
}
