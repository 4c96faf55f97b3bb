import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  alert,
  button,
  buttonForm,
  columns,
  details,
  descriptionList,
  errorSummary,
  form,
  link,
  moneyField,
  notice,
  pageHeading,
  prose,
  selectField,
  textareaField,
  textField,
} from '#platform/html/components/index.ts'
import { formatMoney, formatShortDate } from '#platform/i18n/format.ts'
import { spacedIban } from '../bank-account.ts'
import { spacedReference } from '../domain/reference.ts'
import type { BankEntryRow, Suggestion } from '../store/bank.ts'
import type { PaymentRow } from '../store/payments.ts'
import type { RefundRow } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { entryBadge, moneyOf } from './statements.ts'
import { staffCrumbs } from './staff.ts'
import { CLEARING_PATH } from './clearing.ts'

export interface EntryView {
  readonly entry: BankEntryRow
  readonly payment: PaymentRow | null
  readonly suggestions: readonly Suggestion[]
  /** Refunds of this amount that wait for their debit. */
  readonly refunds: readonly RefundRow[]
  readonly typed: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly problem: string | null
}

export function entryPage(ctx: Ctx, view: EntryView): Html {
  const { clearing: t, findings } = texts(ctx)
  const { entry, payment } = view
  const open = entry.state === 'open'
  const facts = descriptionList(ctx, [
    { label: t.finding, value: findings[entry.finding] },
    { label: t.amount, value: moneyOf(ctx, entry) },
    ...(entry.suspenseCents === 0 ? [] : [{ label: t.remaining, value: formatMoney(ctx, entry.suspenseCents) }]),
    { label: t.bookedOn, value: formatShortDate(ctx, entry.bookedOn) },
    { label: t.valueOn, value: entry.valueOn ? formatShortDate(ctx, entry.valueOn) : '–' },
    { label: t.party, value: entry.party },
    { label: t.counterAccount, value: entry.partyIban ? spacedIban(entry.partyIban) : '–' },
    { label: t.remittance, value: entry.remittance },
    ...(payment
      ? [
          {
            label: t.payment,
            value: link(
              href(ctx, `/workbench/zahlungen/${payment.id}`),
              `${spacedReference(payment.reference)}, ${payment.purpose}`,
            ),
          },
        ]
      : []),
    ...(entry.resolution ? [{ label: t.resolution, value: entryBadge(ctx, entry) }] : []),
    ...(entry.reason ? [{ label: t.reason, value: entry.reason }] : []),
  ])
  return layout(ctx, {
    title: `${t.entry}: ${entry.party || moneyOf(ctx, entry)}`,
    hasErrors: Object.keys(view.errors).length > 0,
    breadcrumbs: staffCrumbs(ctx, { label: t.title, href: href(ctx, CLEARING_PATH) }, { label: t.entry }),
    main: html`${errorSummary(ctx, view.errors)}
      ${view.problem === null ? nothing : alert(ctx, { kind: 'danger', title: view.problem, live: true })}
      ${pageHeading({ title: moneyOf(ctx, entry), preline: t.entry, badge: entryBadge(ctx, entry) })}
      ${open ? columns(facts, actions(ctx, view), { label: t.title }) : facts}`,
  })
}

function actions(ctx: Ctx, view: EntryView): Html {
  const { entry } = view
  const t = texts(ctx).clearing
  const isOver = entry.finding === 'over' && entry.suspenseCents === 0
  const usual = usualAction(entry)
  // One after the other would hide the last ones below the fold: each opens by itself, the usual one is open.
  const act: Act = (word, title, text, label, ...fields) =>
    details(
      {
        summary: title,
        open: word === usual || Object.keys(view.typed).some((name) => name.startsWith(`${word}.`)),
      },
      text === null ? nothing : prose(html`<p>${text}</p>`),
      form(
        { action: href(ctx, `${CLEARING_PATH}/${entry.id}/${word}`), label: title },
        ...fields,
        button({ label, kind: 'secondary' }),
      ),
    )
  const reason = (word: string) =>
    textareaField(ctx, {
      id: `reason-${word}`,
      name: 'reason',
      label: t.reason,
      rows: 2,
      value: view.typed[`${word}.reason`] ?? '',
      error: view.errors[`${word}.reason`],
    })
  return html`
    ${entry.suspenseCents > 0 ? assignSection(ctx, view, act) : nothing}
    ${entry.finding === 'under' ? act('erlass', t.waive, t.waiveText, t.waiveButton, reason('erlass')) : nothing}
    ${
      entry.suspenseCents > 0 || isOver
        ? act(
            'rueckzahlung',
            t.refund,
            isOver ? t.refundExcessText : t.refundText(formatMoney(ctx, entry.suspenseCents)),
            t.refundButton,
            isOver
              ? nothing
              : textField(ctx, {
                  name: 'iban',
                  label: t.refundIban,
                  width: 30,
                  value: view.typed['rueckzahlung.iban'] ?? (entry.partyIban ? spacedIban(entry.partyIban) : ''),
                  error: view.errors['iban'],
                }),
            reason('rueckzahlung'),
          )
        : nothing
    }
    ${entry.suspenseCents > 0 ? act('abrechnung', t.settle, t.settleText, t.settleButton) : nothing}
    ${
      entry.suspenseCents < 0 && view.refunds.length > 0
        ? act(
            'auszahlung',
            t.matchRefund,
            null,
            t.matchRefundButton,
            selectField(ctx, {
              name: 'refund',
              label: t.matchRefundLabel,
              choices: view.refunds.map((row) => ({
                value: row.id,
                label: `${row.payeeName}, ${formatMoney(ctx, row.cents)}, ${row.endToEndId}`,
              })),
            }),
          )
        : nothing
    }
    ${entry.suspenseCents !== 0 ? act('abgabe', t.handOver, t.handOverText, t.handOverButton, reason('abgabe')) : nothing}
    ${entry.suspenseCents === 0 ? act('kenntnisnahme', t.acknowledge, t.acknowledgeText, t.acknowledgeButton, reason('kenntnisnahme')) : nothing}
  `
}

/** What is most often right for such a movement. */
function usualAction(entry: BankEntryRow): string {
  if (entry.suspenseCents > 0)
    return entry.finding === 'already-paid' || entry.finding === 'cancelled' ? 'rueckzahlung' : 'zuordnung'
  if (entry.suspenseCents < 0) return 'abgabe'
  return entry.finding === 'over' ? 'rueckzahlung' : entry.finding === 'under' ? 'erlass' : 'kenntnisnahme'
}

type Act = (word: string, title: string, text: string | null, label: string, ...fields: readonly unknown[]) => Html

function assignSection(ctx: Ctx, view: EntryView, act: Act): Html {
  const t = texts(ctx).clearing
  const suggested = view.suggestions.map(
    (one) => html`<li>
      ${link(href(ctx, `/workbench/zahlungen/${one.id}`), spacedReference(one.reference))}: ${one.payerName}, ${one.purpose}, ${formatMoney(ctx, one.outstandingCents)}
      ${buttonForm({ label: t.useSuggestion, about: spacedReference(one.reference), action: href(ctx, `${CLEARING_PATH}/${view.entry.id}/zuordnung`), fields: { reference: one.reference } })}
    </li>`,
  )
  return html`${suggested.length === 0 ? nothing : notice(html`<p>${t.suggestions}</p><ul class="kern-list rh-list--plain">${suggested}</ul>`)}
  ${act(
    'zuordnung',
    t.assign,
    null,
    t.assignButton,
    textField(ctx, {
      name: 'reference',
      label: t.assignReference,
      hint: t.assignReferenceHint,
      width: 20,
      value: view.typed['zuordnung.reference'] ?? '',
      error: view.errors['reference'],
    }),
    moneyField(ctx, {
      name: 'amount',
      label: t.assignAmount,
      hint: t.assignAmountHint,
      optional: true,
      value: view.typed['zuordnung.amount'] ?? '',
      error: view.errors['amount'],
    }),
  )}`
}
