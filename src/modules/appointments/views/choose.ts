import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  checkboxesField,
  details,
  errorSummary,
  form,
  hiddenField,
  pageHeading,
  radioField,
  selectField,
  suggestionCounts,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber, formatWeekday } from '#platform/i18n/format.ts'
import { VARIANTS } from '../domain/work.ts'
import { officesWords, type Offer } from '../offer.ts'
import { KILOMETRES, MATTERS, WISH_STEP, type Asked } from '../asked.ts'
import { texts } from '../texts/index.ts'
import { kilometres } from '../use-cases/near.ts'

export const STYLES = ['appointments-pages.css', 'addresses-complete.css']
/** Of pages with a form that asks for an address. */
export const SCRIPTS = ['addresses-complete.js', 'appointments-parts.js']

/** Matters that the form always has room for; an address may name more of them. */
const ROOM = 3

export type Errors = Readonly<Record<string, string>>

export interface Choice {
  readonly offer: Offer
  readonly asked: Asked
  readonly errors: Errors
}

/** How many, in which way, where and when, for a matter that is chosen. */
export function choosePage(ctx: Ctx, choice: Choice): Html {
  const t = texts(ctx).choose
  return layout(ctx, {
    title: t.wishTitle,
    noIndex: true,
    styles: STYLES,
    scripts: SCRIPTS,
    hasErrors: Object.keys(choice.errors).length > 0,
    breadcrumbs: [{ label: t.title, href: href(ctx, '/termine') }, { label: t.wishTitle }],
    main: html`${errorSummary(ctx, choice.errors)} ${pageHeading({ title: t.wishTitle })} ${wishForm(ctx, choice)}`,
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
      error: i === 0 ? errors['service'] : undefined,
      optional: i > 0,
      choices: services,
      value,
    })
  const wish = form(
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
    html`<div class="ap-ways" id="ap-ways" role="status">${ways(ctx, offer, asked, t)}</div>`,
    whereAndWhen(ctx, { offer, asked, errors }, t),
    buttonGroup(button({ label: t.submit, icon: 'search' })),
  )
  const source = href(ctx, `${action}?${WISH_STEP.join('=')}`)
  return html`<ap-parts data-source="${source}" data-parts="ap-ways">${wish}</ap-parts>`
}

/** What was asked for, folded up, to be changed. */
export const changeWish = (ctx: Ctx, view: Omit<Choice, 'errors'>, action = '/termine', t = texts(ctx).choose): Html =>
  details({ summary: texts(ctx).times.change }, wishForm(ctx, { ...view, errors: {} }, action, t))

/** In which ways all of the matters are dealt with: nothing is to be chosen where there is but one. */
function ways(ctx: Ctx, offer: Offer, { services, variant }: Asked, t: ReturnType<typeof texts>['choose']): Html {
  const wanted = offer.services.filter(({ slug }) => services.includes(slug))
  const offered = VARIANTS.filter((way) => offer.services.some(({ variants }) => variants.includes(way)))
  const common = offered.filter((way) => wanted.every(({ variants }) => variants.includes(way)))
  const [only] = common
  if (wanted.length > 0 && only && common.length === 1)
    return html`${hiddenField('variant', only)}<p>${t.onlyWay[only]}</p>`
  // Matters without a common way are told apart by the search.
  const choices = common.length > 0 ? common : offered
  return radioField(ctx, {
    name: 'variant',
    label: t.variant,
    choices: choices.map((way) => ({ value: way, label: t.variants[way] })),
    value: choices.find((way) => way === variant) ?? choices[0],
  })
}

/** What can still be changed when a booking is moved. */
export function whereAndWhen(ctx: Ctx, choice: Choice, t = texts(ctx).choose): Html {
  const { offer, asked, errors } = choice
  return html`${selectField(ctx, {
    name: 'office',
    label: t.office,
    choices: [
      ...(asked.among.length > 0 ? [{ value: asked.among.join(), label: officesWords(ctx, offer, asked.among) }] : []),
      ...offer.offices.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] })),
    ],
    value: asked.office ?? asked.among.join(),
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
