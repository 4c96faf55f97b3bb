import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  checkboxesField,
  details,
  emptyState,
  errorSummary,
  form,
  pageHeading,
  radioField,
  selectField,
  suggestionCounts,
  telephoneLink,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber, formatWeekday } from '#platform/i18n/format.ts'
import { VARIANTS } from '../domain/work.ts'
import type { Offer } from '../offer.ts'
import { KILOMETRES, MATTERS, type Asked } from '../asked.ts'
import { texts } from '../texts/index.ts'
import { kilometres } from '../use-cases/near.ts'

export const STYLES = ['appointments-pages.css', 'addresses-complete.css']
/** Of pages with a form that asks for an address. */
export const SCRIPTS = ['addresses-complete.js']

/** Matters that the form always has room for; an address may name more of them. */
const ROOM = 3

export type Errors = Readonly<Record<string, string>>

export interface Choice {
  readonly offer: Offer
  readonly asked: Asked
  readonly errors: Errors
}

/** What, how many, where and when. */
export function choosePage(ctx: Ctx, choice: Choice): Html {
  const t = texts(ctx).choose
  const { contact } = ctx.tenant.theme
  return layout(ctx, {
    title: t.title,
    description: t.lead,
    styles: STYLES,
    scripts: SCRIPTS,
    hasErrors: Object.keys(choice.errors).length > 0,
    breadcrumbs: [{ label: t.title }],
    main: html`${errorSummary(ctx, choice.errors)} ${pageHeading({ title: t.title, lead: t.lead })}
    ${
      choice.offer.services.length === 0
        ? emptyState({ title: t.noneTitle, body: html`${t.noneBody} ${telephoneLink(contact.telephone)}` })
        : wishForm(ctx, choice)
    }`,
  })
}

/** @param t who asks for themselves reads other words than staff who ask for somebody */
export function wishForm(ctx: Ctx, { offer, asked, errors }: Choice, action = '/termine', t = texts(ctx).choose): Html {
  const services = offer.services.map(({ slug, page }) => ({ value: slug, label: page.words.title }))
  const matters = Array.from(
    { length: Math.min(MATTERS.length, Math.max(ROOM, asked.services.length)) },
    (_, i) => asked.services[i] ?? '',
  )
  const most = Math.max(...offer.services.map(({ maxPeople }) => maxPeople))
  const matter = (value: string, i: number) =>
    selectField(ctx, {
      name: MATTERS[i]!,
      label: i === 0 ? t.service : t.nthService(formatNumber(ctx, i + 1)),
      hint: i === 0 ? t.serviceHint : undefined,
      error: i === 0 ? errors['service'] : undefined,
      optional: i > 0,
      choices: services,
      value,
    })
  return form(
    { action: href(ctx, action), method: 'get' },
    matters.slice(0, 1).map(matter),
    details(
      { summary: t.moreServices, open: asked.services.length > 1 },
      html`<p>${t.moreServicesHint}</p>`,
      matters.slice(1).map((value, i) => matter(value, i + 1)),
    ),
    selectField(ctx, {
      name: 'people',
      label: t.people,
      choices: Array.from({ length: most }, (_, i) => ({ value: String(i + 1), label: formatNumber(ctx, i + 1) })),
      value: String(asked.people),
      empty: null,
    }),
    radioField(ctx, {
      name: 'variant',
      label: t.variant,
      choices: VARIANTS.filter((variant) => offer.services.some(({ variants }) => variants.includes(variant))).map(
        (variant) => ({ value: variant, label: t.variants[variant] }),
      ),
      value: asked.variant ?? 'in-person',
    }),
    whereAndWhen(ctx, { offer, asked, errors }, t),
    buttonGroup(button({ label: t.submit, icon: 'search' })),
  )
}

/** What can still be changed when a booking is moved. */
export function whereAndWhen(ctx: Ctx, choice: Choice, t = texts(ctx).choose): Html {
  const { offer, asked, errors } = choice
  return html`${selectField(ctx, {
    name: 'office',
    label: t.office,
    choices: offer.offices.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] })),
    value: asked.office,
    error: errors['office'],
    empty: t.anywhere,
    optional: true,
  })}
  ${details(
    { summary: t.near, open: asked.near !== '' },
    html`<rh-address data-source="/api/v1/addresses"${suggestionCounts(ctx)}>${textField(ctx, {
      name: 'near',
      label: t.nearAddress,
      hint: t.nearHint,
      error: errors['near'],
      value: asked.near,
      autocomplete: 'address-line1',
      maxLength: 120,
      optional: true,
      data: { part: 'line' },
    })}</rh-address>`,
    selectField(ctx, {
      name: 'km',
      label: t.km,
      error: errors['km'],
      choices: KILOMETRES.map((km) => ({ value: String(km), label: kilometres(ctx, km) })),
      value: String(asked.km),
      empty: null,
    }),
  )}
  ${details({ summary: t.days, open: asked.from.typed !== '' || asked.weekdays.length > 0 }, whichDays(ctx, choice))}`
}

/** From which day on, and on which weekdays. */
export function whichDays(ctx: Ctx, { asked, errors }: Omit<Choice, 'offer'>): Html {
  const t = texts(ctx).choose
  return html`${textField(ctx, {
    name: 'from',
    label: t.from,
    hint: t.fromHint,
    error: errors['from'],
    value: asked.from.typed,
    width: 10,
    optional: true,
  })}
    <div class="ap-weekdays">
      ${checkboxesField(ctx, {
        name: 'weekday',
        label: t.weekdays,
        optional: true,
        choices: [1, 2, 3, 4, 5, 6].map((day) => ({ value: String(day), label: formatWeekday(ctx, day) })),
        values: asked.weekdays.map(String),
      })}
    </div>`
}
