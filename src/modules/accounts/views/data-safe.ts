import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonGroup,
  confirmPanel,
  dateField,
  emptyState,
  errorSummary,
  fieldset,
  form,
  hiddenField,
  link,
  linkButton,
  pageHeading,
  pagination,
  prose,
  section,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { SafeField } from '../domain/check-data-safe.ts'
import type { Vehicle } from '../domain/data-safe.ts'
import type { SafeReading } from '../store/data-safe.ts'
import { texts } from '../texts/index.ts'
import type { Errors } from './sign-in.ts'

export type SafeNotice = 'saved' | 'emptied' | 'vehicle-added' | 'vehicle-removed' | null

export interface DataSafePage {
  /** As kept, or as typed where there are errors. */
  readonly values: Readonly<Record<SafeField, string>>
  readonly vehicles: readonly Vehicle[]
  readonly newVehicle: { readonly plate: string; readonly description: string }
  readonly errors: Errors
  readonly notice: SafeNotice
}

export function dataSafePage(ctx: Ctx, o: DataSafePage): Html {
  const t = texts(ctx)
  const s = t.safe
  const notices = {
    saved: t.saved,
    emptied: s.emptied,
    'vehicle-added': s.vehicleAdded,
    'vehicle-removed': s.vehicleRemoved,
  }
  return layout(ctx, {
    title: s.title,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`
      ${errorSummary(ctx, o.errors)}
      ${o.notice ? alert(ctx, { kind: 'success', title: notices[o.notice], live: true }) : nothing}
      ${pageHeading({ title: s.title, lead: html`<p>${s.lead} ${link(href(ctx, '/konto/einsicht'), t.readings.title)}</p>` })}
      ${personForm(ctx, o)} ${vehicles(ctx, o)}
      ${prose(html`<p>${linkButton({ label: s.empty, href: href(ctx, '/konto/daten/leeren'), kind: 'tertiary', icon: 'delete' })}</p>`)}`,
  })
}

function personForm(ctx: Ctx, o: DataSafePage): Html {
  const t = texts(ctx)
  const s = t.safe
  const field = (name: Exclude<SafeField, 'birthDate'>, width: 4 | 6 | 20 | 30, autocomplete: string, more = {}) =>
    textField(ctx, {
      name,
      label: s[name],
      value: o.values[name],
      error: o.errors[name],
      width,
      autocomplete,
      optional: true,
      ...more,
    })
  return form(
    { action: href(ctx, '/konto/daten'), allOptional: true },
    hiddenField('what', 'person'),
    fieldset(ctx, { legend: s.person }, [
      field('givenName', 30, 'given-name'),
      field('familyName', 30, 'family-name'),
      dateField(ctx, {
        name: 'birthDate',
        label: s.birthDate,
        value: o.values.birthDate,
        error: o.errors.birthDate,
        autocomplete: 'bday',
        optional: true,
      }),
    ]),
    fieldset(ctx, { legend: s.address }, [
      field('street', 30, 'address-line1'),
      field('houseNumber', 6, 'off'),
      field('postcode', 6, 'postal-code', { inputmode: 'numeric' }),
      field('place', 30, 'address-level2'),
    ]),
    fieldset(ctx, { legend: s.contact }, field('telephone', 20, 'tel', { type: 'tel' })),
    buttonGroup(button({ label: t.save })),
  )
}

function vehicles(ctx: Ctx, o: DataSafePage): Html {
  const s = texts(ctx).safe
  return section(
    { title: s.vehicles, id: 'fahrzeuge' },
    table(ctx, {
      caption: s.vehicles,
      captionHidden: true,
      rows: o.vehicles,
      columns: [
        { key: 'plate', title: s.plate, cell: (v) => v.plate, nowrap: true },
        { key: 'description', title: s.description, cell: (v) => v.description ?? '–' },
        { key: 'remove', title: s.removeVehicle, titleHidden: true, cell: (v) => removeButton(ctx, v) },
      ],
      empty: emptyState({ title: s.noVehicles, body: s.noVehiclesHint, headingLevel: 3 }),
    }),
    form(
      { action: href(ctx, '/konto/daten'), label: s.addVehicle },
      hiddenField('what', 'vehicle'),
      textField(ctx, {
        name: 'plate',
        label: s.plate,
        hint: s.plateHint,
        width: 10,
        value: o.newVehicle.plate,
        error: o.errors.plate,
        autocomplete: 'off',
        autocapitalize: 'characters',
        spellcheck: false,
      }),
      textField(ctx, {
        name: 'description',
        label: s.description,
        hint: s.descriptionHint,
        width: 30,
        value: o.newVehicle.description,
        error: o.errors.description,
        autocomplete: 'off',
        optional: true,
      }),
      buttonGroup(button({ label: s.addVehicle, kind: 'secondary', icon: 'add' })),
    ),
  )
}

const removeButton = (ctx: Ctx, vehicle: Vehicle): Html =>
  html`<form class="rh-button-form" method="post" action="${href(ctx, '/konto/daten')}">
    ${hiddenField('what', 'remove-vehicle')}${hiddenField('plate', vehicle.plate)}
    ${button({ label: texts(ctx).safe.removeVehicle, kind: 'tertiary', about: vehicle.plate })}
  </form>`

export function emptySafePage(ctx: Ctx): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.safe.emptyTitle,
    main: confirmPanel(ctx, {
      title: t.safe.emptyTitle,
      consequence: t.safe.emptyText,
      action: href(ctx, '/konto/daten/leeren'),
      confirm: t.safe.emptyButton,
      cancelHref: href(ctx, '/konto/daten'),
      danger: true,
    }),
  })
}

export const READINGS_PER_PAGE = 50

export function readingsPage(ctx: Ctx, o: { readings: readonly SafeReading[]; page: number; hasNext: boolean }): Html {
  const t = texts(ctx).readings
  const who = (reading: SafeReading) =>
    reading.by === 'own' ? t.own : reading.by === 'program' ? t.program : (reading.unit?.[ctx.locale] ?? t.unknownUnit)
  return layout(ctx, {
    title: t.title,
    main: html`
      ${pageHeading({ title: t.title, lead: t.lead })}
      ${table(ctx, {
        caption: t.title,
        captionHidden: true,
        rows: o.readings,
        columns: [
          { key: 'when', title: t.when, cell: (r) => formatDateTime(ctx, r.readAt) },
          { key: 'who', title: t.who, cell: who },
          { key: 'why', title: t.why, cell: (r) => r.purpose[ctx.locale] },
        ],
        empty: emptyState({ title: t.empty, body: t.emptyHint }),
      })}
      ${pagination(ctx, {
        page: o.page,
        pageSize: READINGS_PER_PAGE,
        total: null,
        hasNext: o.hasNext,
        href: (page) => href(ctx, `/konto/einsicht?seite=${page}`),
      })}`,
  })
}
