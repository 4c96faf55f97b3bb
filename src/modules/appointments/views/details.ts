import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonForm,
  buttonGroup,
  emailField,
  errorSummary,
  form,
  link,
  pageHeading,
  telephoneField,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { NAME_DAYS, type Reminder } from '../domain/booking.ts'
import { isReminded } from '../domain/reminding.ts'
import { texts } from '../texts/index.ts'
import { bookingInShort, type Shown } from './booking-facts.ts'
import { STYLES, type Errors } from './choose.ts'
import { KEPT_SCRIPT, keptNotice } from './kept.ts'
import { reminderField } from './reminder.ts'

export interface Typed {
  readonly name: string
  readonly email: string
  readonly telephone: string
  readonly reminder: Reminder
}

/** A time is held: whose appointment will it be? */
export function detailsPage(ctx: Ctx, view: Shown, typed: Typed, errors: Errors): Html {
  const t = texts(ctx).booking
  const { booking } = view
  const path = `/termine/${booking.id}`
  const withReminder = isReminded(booking.startsAt, ctx.clock.now())
  const isCalled = booking.variant === 'telephone'
  const source = ctx.account?.kind === 'citizen' ? t.fromAccount : undefined
  const from = (field: keyof Typed) => (typed[field] !== '' && !errors[field] ? source : undefined)
  const signIn = href(ctx, `/anmelden?next=${encodeURIComponent(href(ctx, path))}`)
  return layout(ctx, {
    title: t.detailsTitle,
    noIndex: true,
    styles: STYLES,
    scripts: [KEPT_SCRIPT],
    hasErrors: Object.keys(errors).length > 0,
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.detailsTitle })}
    ${keptNotice(ctx, booking, t.keptUntil)}
    ${bookingInShort(ctx, view)}
    ${buttonForm({ action: href(ctx, `${path}/freigabe`), label: t.otherTime })}
    ${form(
      { action: href(ctx, path) },
      textField(ctx, {
        name: 'name',
        label: t.name,
        hint: t.nameHint,
        value: typed.name,
        error: errors['name'],
        source: from('name'),
        autocomplete: 'name',
        width: 30,
        maxLength: 200,
      }),
      emailField(ctx, {
        name: 'email',
        label: t.email,
        hint: t.emailHint,
        value: typed.email,
        error: errors['email'],
        source: from('email'),
        maxLength: 254,
      }),
      telephoneField(ctx, {
        name: 'telephone',
        label: t.telephone,
        hint: isCalled ? t.telephoneCalled : withReminder ? t.telephoneReminded : t.telephoneHint,
        value: typed.telephone,
        error: errors['telephone'],
        source: from('telephone'),
        optional: !isCalled,
        maxLength: 40,
      }),
      withReminder ? reminderField(ctx, typed.reminder) : nothing,
      html`<p>${texts(ctx).reminder.usedFor(formatNumber(ctx, NAME_DAYS))}</p>`,
      ctx.account ? nothing : html`<p>${t.signIn} ${link(signIn, t.signInLink)}</p>`,
      buttonGroup(button({ label: t.book })),
    )}`,
  })
}
