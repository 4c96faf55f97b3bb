import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  alert,
  badge,
  button,
  csvButton,
  descriptionList,
  emptyState,
  errorSummary,
  fileField,
  form,
  link,
  pageHeading,
  section,
  table,
} from '#platform/html/components/index.ts'
import { formatDateTime, formatMoney, formatNumber, formatShortDate } from '#platform/i18n/format.ts'
import { spacedIban } from '../bank-account.ts'
import { MOST_STATEMENT_BYTES } from '../domain/statement.ts'
import type { BankEntryRow, StatementRow } from '../store/bank.ts'
import { texts } from '../texts/index.ts'
import { staffCrumbs, staffTabs } from './staff.ts'

export function statementsPage(
  ctx: Ctx,
  view: { statements: readonly StatementRow[]; openClearings: number; errors: Readonly<Record<string, string>> },
): Html {
  const t = texts(ctx).import
  return layout(ctx, {
    title: t.title,
    hasErrors: Object.keys(view.errors).length > 0,
    breadcrumbs: staffCrumbs(ctx, { label: t.title }),
    main: html`${errorSummary(ctx, view.errors)} ${pageHeading({ title: t.title, lead: t.lead, actions: csvButton(ctx, href(ctx, '/workbench/zahlungen/kontoauszuege/liste.csv')) })}
      ${staffTabs(ctx, 'statements', view.openClearings)}
      ${form(
        { action: href(ctx, '/workbench/zahlungen/kontoauszuege'), multipart: true, label: t.button },
        fileField(ctx, {
          name: 'file',
          label: t.file,
          hint: t.fileHint,
          kinds: 'XML',
          maxBytes: MOST_STATEMENT_BYTES,
          accept: ['.xml', 'application/xml', 'text/xml'],
          error: view.errors['file'],
        }),
        button({ label: t.button }),
      )}
      ${table(ctx, {
        caption: t.caption,
        dense: true,
        rows: view.statements,
        columns: [
          {
            key: 'name',
            title: t.name,
            cell: (row) => link(href(ctx, `/workbench/zahlungen/kontoauszuege/${row.id}`), row.name),
          },
          { key: 'iban', title: t.iban, nowrap: true, cell: (row) => spacedIban(row.iban) },
          { key: 'period', title: t.period, nowrap: true, cell: (row) => periodOf(ctx, row) },
          { key: 'balance', title: t.balance, numeric: true, nowrap: true, cell: (row) => balanceOf(ctx, row) },
          { key: 'entries', title: t.entries, numeric: true, cell: (row) => formatNumber(ctx, row.entries) },
          { key: 'fresh', title: t.fresh, numeric: true, cell: (row) => formatNumber(ctx, row.newEntries) },
          { key: 'imported', title: t.imported, nowrap: true, cell: (row) => formatDateTime(ctx, row.importedAt) },
        ],
        empty: emptyState({ title: t.empty, body: t.emptyBody }),
      })}`,
  })
}

const periodOf = (ctx: Ctx, row: StatementRow) =>
  row.fromDay && row.untilDay ? `${formatShortDate(ctx, row.fromDay)} – ${formatShortDate(ctx, row.untilDay)}` : '–'

const balanceOf = (ctx: Ctx, row: StatementRow) =>
  row.closingCents === null || row.currency !== 'EUR' ? '–' : formatMoney(ctx, row.closingCents)

export function statementPage(
  ctx: Ctx,
  view: { statement: StatementRow; entries: readonly BankEntryRow[]; justImported: boolean },
): Html {
  const { import: t, clearing: tc, findings } = texts(ctx)
  const { statement } = view
  const counts = t.counts(formatNumber(ctx, statement.entries), formatNumber(ctx, statement.newEntries))
  return layout(ctx, {
    title: statement.name,
    breadcrumbs: staffCrumbs(
      ctx,
      { label: t.title, href: href(ctx, '/workbench/zahlungen/kontoauszuege') },
      { label: statement.name },
    ),
    main: html`${
      view.justImported
        ? alert(
            ctx,
            statement.newEntries === 0 && statement.entries > 0
              ? { kind: 'info', title: t.known, body: counts, live: true }
              : { kind: 'success', title: t.done(statement.name), body: counts, live: true },
          )
        : nothing
    }
      ${pageHeading({ title: statement.name, preline: t.name, actions: csvButton(ctx, href(ctx, `/workbench/zahlungen/kontoauszuege/${statement.id}/umsaetze.csv`)) })}
      ${descriptionList(ctx, [
        { label: t.iban, value: spacedIban(statement.iban) },
        { label: t.period, value: periodOf(ctx, statement) },
        { label: t.balance, value: balanceOf(ctx, statement) },
        { label: t.imported, value: formatDateTime(ctx, statement.importedAt) },
      ])}
      ${section(
        { title: t.movements },
        table(ctx, {
          caption: t.movements,
          captionHidden: true,
          dense: true,
          rows: view.entries,
          columns: [
            { key: 'booked', title: tc.bookedOn, nowrap: true, cell: (row) => formatShortDate(ctx, row.bookedOn) },
            {
              key: 'party',
              title: tc.party,
              rowHeader: true,
              cell: (row) => link(href(ctx, `/workbench/zahlungen/klaerung/${row.id}`), row.party || tc.entry),
            },
            { key: 'remittance', title: tc.remittance, cell: (row) => row.remittance },
            { key: 'cents', title: tc.amount, numeric: true, nowrap: true, cell: (row) => moneyOf(ctx, row) },
            { key: 'finding', title: tc.finding, cell: (row) => findings[row.finding] },
            { key: 'state', title: tc.resolution, cell: (row) => entryBadge(ctx, row) },
          ],
          empty: emptyState({ title: t.known, headingLevel: 3 }),
        }),
      )}`,
  })
}

export const moneyOf = (ctx: Ctx, row: Pick<BankEntryRow, 'cents' | 'currency'>): string =>
  row.currency === 'EUR' ? formatMoney(ctx, row.cents) : `${formatNumber(ctx, row.cents / 100)} ${row.currency}`

const TONES = { booked: 'success', open: 'warning', cleared: 'neutral' } as const

export function entryBadge(ctx: Ctx, row: Pick<BankEntryRow, 'state' | 'resolution'>): Html {
  const t = texts(ctx)
  const label = row.state === 'cleared' && row.resolution ? t.resolutions[row.resolution] : t.entryStates[row.state]
  return badge({ kind: TONES[row.state], label, small: true })
}
