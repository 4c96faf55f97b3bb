import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonForm,
  emailField,
  errorSummary,
  form,
  pageHeading,
  prose,
  section,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { texts } from '../texts/index.ts'
import { isCorrectedTooOften } from '../use-cases/standing.ts'
import { bookingInShort, type Shown } from './booking-facts.ts'
import { noteOf, type BookingNote } from './booking.ts'
import { STYLES } from './choose.ts'

export interface Reserved {
  /** They came through the link in the mail. */
  readonly canConfirm: boolean
  readonly note: BookingNote | null
  /** Another address that was typed and is not taken, and why. */
  readonly typed?: string
  readonly error?: string
}

/** Named, but nobody has shown yet that the mail address is theirs. */
export function reservedPage(ctx: Ctx, view: Shown, reserved: Reserved): Html {
  const t = texts(ctx).booking
  const { booking } = view
  const { canConfirm, note, error } = reserved
  const until = booking.expiresAt ? t.reservedUntil(formatTime(ctx, booking.expiresAt)) : ''
  const title = canConfirm ? t.confirmTitle : t.reservedTitle
  return layout(ctx, {
    title,
    noIndex: true,
    styles: STYLES,
    hasErrors: error !== undefined,
    main: html`${errorSummary(ctx, error === undefined ? {} : { email: error })} ${noteOf(ctx, view, note)}
    ${pageHeading({ title, lead: canConfirm ? until : html`<p>${t.lookIntoMail(booking.email ?? '')}</p><p>${until}</p>` })}
    ${bookingInShort(ctx, view)}
    ${canConfirm ? buttonForm({ action: href(ctx, `/termine/${booking.id}/bestaetigung`), label: t.confirm, kind: 'primary' }) : nothing}
    ${canConfirm ? nothing : noMail(ctx, view, reserved)}
    ${!canConfirm && isCorrectedTooOften(booking) ? nothing : section({ title: t.giveBackTitle }, giveBack(ctx, view))}`,
  })
}

/** Where no mail comes, the address may be mistyped: it is corrected here, and the time stays theirs. */
function noMail(ctx: Ctx, view: Shown, { note, typed, error }: Reserved): Html {
  const { booking } = view
  const { booking: t, problems } = texts(ctx)
  if (isCorrectedTooOften(booking)) {
    const why = note === 'corrected-too-often' ? nothing : problems.correctedTooOften
    return section(
      { title: t.noMailTitle },
      prose(html`<p>${t.noMail}</p><p>${why} ${problems.correctedTooOftenAdvice}</p>`),
      giveBack(ctx, view),
    )
  }
  return section(
    { title: t.noMailTitle },
    prose(html`<p>${t.noMail} ${t.wrongMail}</p>`),
    form(
      { action: href(ctx, `/termine/${booking.id}/adresse`) },
      html`<input type="hidden" name="sequence" value="${booking.sequence}">`,
      emailField(ctx, {
        name: 'email',
        label: t.email,
        hint: t.correctHint,
        value: typed ?? booking.email ?? '',
        error,
        maxLength: 254,
      }),
      button({ label: t.correct, kind: 'secondary' }),
    ),
  )
}

const giveBack = (ctx: Ctx, { booking }: Shown): Html =>
  buttonForm({ action: href(ctx, `/termine/${booking.id}/rueckgabe`), label: texts(ctx).booking.giveBack })
