import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { formatShortDate, formatTime } from '#platform/i18n/format.ts'
import { errorSummary, icon, pageHeading, section, table, emptyState, button } from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import type { LookupResult } from '../domain/lookup.ts'
import { type Zone, zoneWords } from '../domain/zone.ts'
import type { Lookup } from '../store/lookups.ts'
import { texts } from '../texts/index.ts'
import type { LookedUp } from '../use-cases/look-up.ts'
import { parkingTabs } from './staff.ts'

export interface EnforcementPage {
  readonly typed: string
  readonly zone: string | null
  readonly zones: readonly Zone[]
  readonly last: readonly Lookup[]
  readonly found: LookedUp | null
  readonly errors: Readonly<Record<string, string>>
}

/** `/workbench/parken/kontrolle`: for one thumb in the rain. The answer stands first, in the largest letters, then the field for the next car. */
export function enforcementPage(ctx: Ctx, o: EnforcementPage): Html {
  const t = texts(ctx).enforcement
  return layout(ctx, {
    title: o.found ? `${t.results[o.found.result]}: ${o.found.lookup.plate ?? ''}` : t.title,
    hasErrors: Object.keys(o.errors).length > 0,
    styles: ['parking-pages.css'],
    main: html`<div class="pk-check">
      ${errorSummary(ctx, o.errors)} ${o.found ? verdict(ctx, o.found) : pageHeading({ title: t.title })} ${plateForm(ctx, o)}
      ${may(ctx, 'parking.manage') ? parkingTabs(ctx, 'enforcement') : nothing} ${lastChecks(ctx, o.last)}
    </div>`,
  })
}

const ICONS = {
  valid: 'success',
  'other-zone': 'warning',
  upcoming: 'danger',
  expired: 'danger',
  ended: 'danger',
  none: 'danger',
} as const satisfies Record<LookupResult, string>

function verdict(ctx: Ctx, { result, lookup, permit }: LookedUp): Html {
  const t = texts(ctx).enforcement
  return html`<div class="pk-verdict" data-result="${result}" role="status" tabindex="-1" data-focus>
    <h1 class="pk-verdict__word">${icon(ICONS[result])}${t.results[result]}</h1>
    <p class="pk-verdict__plate">${lookup.plate}</p>
    ${
      permit
        ? html`<p class="pk-verdict__more">
            ${t.zoneOf(zoneWords(permit.zone, permit.zoneName))}, ${when(ctx, result, permit)}
          </p>`
        : nothing
    }
  </div>`
}

function when(ctx: Ctx, result: LookupResult, permit: NonNullable<LookedUp['permit']>): string {
  const t = texts(ctx).enforcement
  if (result === 'upcoming') return t.from(formatShortDate(ctx, permit.from))
  if (result === 'ended') return t.replaced
  return result === 'expired'
    ? t.since(formatShortDate(ctx, permit.lastDay.add({ days: 1 })))
    : t.until(formatShortDate(ctx, permit.lastDay))
}

function plateForm(ctx: Ctx, o: EnforcementPage): Html {
  const t = texts(ctx).enforcement
  const error = o.errors['plate']
  return html`<form class="pk-check__form" method="post" action="${href(ctx, '/workbench/parken/kontrolle')}" novalidate>
    <label class="kern-label kern-label--large" for="f-plate">${o.found ? t.again : t.plate}</label>
    <div class="kern-hint" id="f-plate-hint">${t.plateHint}</div>
    ${error ? html`<p class="kern-error" id="f-plate-error">${icon('danger')}<span class="kern-body">${error}</span></p>` : nothing}
    <input${attributes({
      class: `kern-form-input__input pk-check__plate${error ? ' kern-form-input__input--error' : ''}`,
      type: 'text',
      id: 'f-plate',
      name: 'plate',
      value: o.typed || undefined,
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      enterkeyhint: 'search',
      maxlength: 30,
      'aria-invalid': error ? 'true' : undefined,
      'aria-describedby': error ? 'f-plate-hint f-plate-error' : 'f-plate-hint',
    })}>
    ${o.zones.length > 0 ? zoneChoice(ctx, o) : nothing}
    <div class="rh-buttons pk-check__submit">${button({ label: t.submit, icon: 'search' })}</div>
  </form>`
}

/** Large boxes in a row: the zone is chosen once a street, and stays chosen. */
function zoneChoice(ctx: Ctx, { zone, zones }: EnforcementPage): Html {
  const t = texts(ctx).enforcement
  const choice = (value: string, label: string, about: string) => {
    const id = value === '' ? 'f-zone' : `f-zone-${value}`
    return html`<span class="pk-zone">
      <input${attributes({ class: 'pk-zone__box', type: 'radio', id, name: 'zone', value, checked: (zone ?? '') === value })}>
      <label class="pk-zone__label" for="${id}"${attributes({ title: about })}>${label}</label>
    </span>`
  }
  return html`<fieldset class="pk-zones">
    <legend class="kern-label">${t.zone}</legend>
    ${choice('', t.anyZone, t.anyZone)} ${zones.map(({ letter, name }) => choice(letter, letter, name || t.zoneOf(letter)))}
  </fieldset>`
}

function lastChecks(ctx: Ctx, last: readonly Lookup[]): Html {
  const t = texts(ctx).enforcement
  const staffTexts = texts(ctx).staff
  return section(
    { title: t.last, id: 'letzte' },
    html`<p class="kern-hint">${t.lastHint}</p>`,
    table(ctx, {
      caption: t.last,
      captionHidden: true,
      stack: false,
      rows: last,
      columns: [
        { key: 'plate', title: staffTexts.plate, nowrap: true, cell: (lookup) => lookup.plate },
        { key: 'result', title: staffTexts.standing, cell: (lookup) => t.results[lookup.result] },
        { key: 'at', title: t.time, nowrap: true, cell: (lookup) => formatTime(ctx, lookup.at) },
      ],
      empty: emptyState({ title: t.lastEmpty, headingLevel: 3 }),
    }),
  )
}
