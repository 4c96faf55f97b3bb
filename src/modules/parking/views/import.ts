import type { Ctx } from '#platform/context.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  fileField,
  form,
  list,
  pageHeading,
  radioField,
  section,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { texts } from '../texts/index.ts'
import type { Refusal } from '../domain/parking-area.ts'
import type { Imported } from '../use-cases/import.ts'
import { parkingTabs } from './staff.ts'

export const IMPORT_KINDS = ['areas', 'zones', 'addresses'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]
export const IMPORT_BYTES = 20_000_000

const SHOWN_REFUSALS = 50

/** `/workbench/parken/import`: zones and bays from files, and what came of the last one. */
export function importPage(
  ctx: Ctx,
  o: { kind: ImportKind | null; errors: Readonly<Record<string, string>>; imported: Imported | null },
): Html {
  const t = texts(ctx).import
  return layout(ctx, {
    title: t.title,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`${errorSummary(ctx, o.errors)} ${pageHeading({ title: t.title, lead: t.lead })} ${parkingTabs(ctx, 'import')}
    ${o.imported ? result(ctx, o.imported) : nothing}
    ${form(
      { action: href(ctx, '/workbench/parken/import'), multipart: true },
      radioField(ctx, {
        name: 'kind',
        label: t.kind,
        value: o.kind,
        error: o.errors['kind'],
        choices: IMPORT_KINDS.map((kind) => ({ value: kind, label: t[kind], hint: t[`${kind}Hint`] })),
      }),
      fileField(ctx, {
        name: 'file',
        label: t.file,
        error: o.errors['file'],
        kinds: 'GeoJSON, CSV',
        maxBytes: IMPORT_BYTES,
        accept: ['.geojson', '.json', '.csv', 'application/geo+json', 'text/csv'],
      }),
      buttonGroup(button({ label: t.submit })),
    )}`,
  })
}

function result(ctx: Ctx, { taken, refused }: Imported): Html {
  const t = texts(ctx).import
  const more = refused.length - SHOWN_REFUSALS
  return html`${alert(ctx, {
    kind: refused.length > 0 ? 'warning' : 'success',
    title: t.done(formatNumber(ctx, taken), formatNumber(ctx, refused.length)),
    live: true,
  })}
  ${
    refused.length > 0
      ? section(
          { title: t.refused },
          list([
            ...refused.slice(0, SHOWN_REFUSALS).map((refusal) => refusalWords(ctx, refusal)),
            ...(more > 0 ? [t.more(formatNumber(ctx, more))] : []),
          ]),
        )
      : nothing
  }`
}

/** What was left out and why, in a sentence. */
export const refusalWords = (ctx: Pick<Ctx, 'locale'>, { at, reason, value }: Refusal): string =>
  texts(ctx).import.refusals[reason](String(at), value)
