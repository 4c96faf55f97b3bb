import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  button,
  buttonGroup,
  form,
  hiddenField,
  icon,
  link,
  notice,
  pageHeading,
  radioField,
  section,
  table,
} from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDay, formatNumber } from '#platform/i18n/format.ts'
import type { Offer } from '../../offer.ts'
import { CHOICES, type ChangeKind, type Choice } from '../../store/plan-changes.ts'
import { texts } from '../../texts/index.ts'
import type { Hit } from '../../use-cases/plan/make-change.ts'
import { whenOf } from '../booking-facts.ts'
import { matters } from '../search.ts'
import { counterName } from './counter.ts'
import { PLAN_STYLES } from './frame.ts'

/** A change before it is made: what it says, and whom it hits. */
export interface PreviewView {
  readonly kind: ChangeKind
  readonly preline: string
  readonly back: { readonly path: string; readonly label: string }
  /** What will be. */
  readonly what: Html
  readonly action: string
  /** What was typed, for saving and for going back to the form. */
  readonly hidden: readonly (readonly [string, string])[]
  readonly hits: readonly Hit[]
  readonly offer: Offer
  /** Where it is no change that was typed. */
  readonly words?: { readonly title: string; readonly save: string; readonly back: string }
  /** Why it cannot be done. */
  readonly refused?: string | null
}

/** Where the question stands what becomes of them. */
const HITS = 'getroffen'

/** Of more, one by one, nobody would choose. */
const SHOWN_HITS = 200

const isAboutStaff = (kind: ChangeKind) => kind === 'duty' || kind === 'qualification'

/** Where another counter of the team is open at the same time that one comes first, and only then another time. */
const choicesFor = (hits: readonly Hit[]): readonly Choice[] => {
  const other: Choice = hits.some(({ hasCounterBeside }) => hasCounterBeside) ? 'move' : 'reseat'
  return CHOICES.filter((choice) => choice !== other)
}

export function previewPage(ctx: Ctx, view: PreviewView): Html {
  const t = texts(ctx).plan.preview
  const { back, refused, words = t } = view
  return layout(ctx, {
    title: words.title,
    styles: PLAN_STYLES,
    main: html`${backLink(ctx, href(ctx, back.path), back.label)}
    ${refused ? alert(ctx, { kind: 'warning', title: refused, live: true }) : nothing}
    ${pageHeading({ title: words.title, preline: view.preline })} ${refused ? nothing : hitsAhead(ctx, view)} ${view.what}
    ${refused ? nothing : decision(ctx, view)}`,
  })
}

/** A rule is told in words and tables; whom it hits is said before them. */
function hitsAhead(ctx: Ctx, { kind, hits }: PreviewView): Html {
  const t = texts(ctx).plan.preview
  if (kind !== 'rule' || hits.length === 0) return nothing
  return html`<div class="rh-prose rh-consequence">
    ${icon('warning')}
    <div>${link(`#${HITS}`, t.hits(hits.length, formatNumber(ctx, hits.length)))}</div>
  </div>`
}

function decision(ctx: Ctx, view: PreviewView): Html {
  const t = texts(ctx).plan.preview
  const { hits, words = t } = view
  return form(
    { action: href(ctx, view.action) },
    view.hidden.map(([name, value]) => hiddenField(name, value)),
    hits.length === 0 ? notice(html`<p>${t.noHits}</p>`) : hitsToDecide(ctx, view),
    buttonGroup(
      button({ label: words.save, name: 'next', value: 'save' }),
      button({ label: words.back, name: 'next', value: 'form', kind: 'tertiary' }),
    ),
  )
}

function hitsToDecide(ctx: Ctx, { kind, hits, offer }: PreviewView): Html {
  const t = texts(ctx).plan.preview
  const rest = hits.length - SHOWN_HITS
  const choices = choicesFor(hits)
  return section(
    { title: t.hits(hits.length, formatNumber(ctx, hits.length)), id: HITS },
    html`<p>${isAboutStaff(kind) ? t.unableLead : t.hitsLead}</p>`,
    radioField(ctx, {
      name: 'all',
      label: t.all,
      value: choices[0],
      choices: choices.map((value) => ({ value, label: t.choices[value], hint: t.choiceHints[value] })),
    }),
    table(ctx, {
      caption: t.caption,
      dense: true,
      rows: hits.slice(0, SHOWN_HITS),
      columns: [
        { key: 'when', title: t.when, cell: (hit) => whenOf(ctx, hit) },
        { key: 'what', title: t.what, cell: (hit) => matters(ctx, offer, hit.services) },
        { key: 'counter', title: t.counter, cell: ({ lane }) => counterName(ctx, lane) },
        { key: 'state', title: t.state, cell: ({ state }) => (state === 'booked' ? t.booked : t.beingBooked) },
        { key: 'own', title: t.own, cell: (hit) => ownChoice(ctx, hit) },
      ],
    }),
    rest > 0 ? html`<p>${t.more(formatNumber(ctx, rest))}</p>` : nothing,
    html`<p class="kern-body--muted">${t.late}</p>`,
  )
}

/** A small list in the row; the row's header names what it is for. */
function ownChoice(ctx: Ctx, hit: Hit): Html {
  const t = texts(ctx).plan.preview
  return html`<select${attributes({
    class: 'ap-own-choice',
    name: `hit.${hit.id}`,
    'aria-label': `${t.own}: ${whenOf(ctx, hit)}`,
  })}>
    <option value="">${t.asAll}</option>
    ${choicesFor([hit]).map((value) => html`<option value="${value}">${t.short[value]}</option>`)}
  </select>`
}

/** Days that something opens or shuts, the first ones in sight. */
export function daysList(
  ctx: Ctx,
  days: readonly { readonly day: Temporal.PlainDate; readonly words: string }[],
): Html {
  const t = texts(ctx).plan
  return table(ctx, {
    caption: t.preview.opens,
    captionHidden: true,
    dense: true,
    rows: days,
    columns: [
      { key: 'day', title: t.team.day, cell: ({ day }) => formatDay(ctx, day) },
      { key: 'times', title: t.team.times, cell: ({ words }) => words },
    ],
  })
}
