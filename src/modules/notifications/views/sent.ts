import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  alert,
  badge,
  buttonForm,
  descriptionList,
  emptyState,
  errorSummary,
  filterBar,
  link,
  mailWords,
  csvButton,
  notice,
  pageHeading,
  pagination,
  type Period,
  periodErrors,
  periodFields,
  section,
  selectField,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { formatDateTime, formatNumber, formatShortDate, formatTime } from '#platform/i18n/format.ts'
import { CHANNELS, DELIVERY_STATES, type DeliveryState } from '../domain/notice.ts'
import type { DeliveryRow, MessageRow } from '../store/messages.ts'
import type { SentFilter, SentRow } from '../store/sent.ts'
import { texts } from '../texts/index.ts'
import { langOf, messageBody } from './inbox.ts'

export interface SentView {
  readonly rows: readonly SentRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly filter: SentFilter
  readonly period: Period
  /** How many were put back into the queue just now; null where nothing was asked. */
  readonly retried: number | null
  readonly query: (more: Readonly<Record<string, string | number | null>>) => string
}

export function sentPage(ctx: Ctx, view: SentView): Html {
  const { sent: t, ...all } = texts(ctx)
  const errors = periodErrors(ctx, view.period)
  return layout(ctx, {
    title: t.title,
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: [{ label: t.title }],
    main: html`${errorSummary(ctx, errors)}
    ${
      view.retried === null
        ? nothing
        : alert(ctx, {
            kind: 'success',
            live: true,
            title: view.retried === 0 ? t.nothingRetried : t.retried(view.retried),
          })
    }
    ${pageHeading({
      title: t.title,
      lead: t.lead,
      actions: csvButton(ctx, href(ctx, `/workbench/nachrichten/liste.csv${view.query({})}`)),
    })}
    ${filters(ctx, view)}
    ${table(ctx, {
      caption: `${t.caption} (${t.count(formatNumber(ctx, view.total))})`,
      dense: true,
      rows: view.rows,
      columns: [
        {
          key: 'subject',
          title: t.subject,
          cell: (row) => link(href(ctx, `/workbench/nachrichten/${row.message}`), row.subject),
        },
        { key: 'to', title: t.to, cell: (row) => mailWords(recipient(ctx, row)) },
        { key: 'channel', title: t.channel, cell: (row) => all.channels[row.channel] },
        { key: 'state', title: t.state, cell: (row) => stateBadge(ctx, row.state) },
        { key: 'attempts', title: t.attempts, numeric: true, cell: (row) => formatNumber(ctx, row.attempts) },
        {
          key: 'created',
          title: t.created,
          nowrap: true,
          cell: (row) => `${formatShortDate(ctx, row.createdAt)}, ${formatTime(ctx, row.createdAt)}`,
        },
        { key: 'error', title: t.error, cell: (row) => reason(ctx, row) },
      ],
      empty: emptyState({ title: t.empty, body: t.emptyBody }),
    })}
    ${pagination(ctx, {
      page: view.page,
      pageSize: view.pageSize,
      total: view.total,
      href: (page) => href(ctx, `/workbench/nachrichten${view.query({ seite: page })}`),
    })}
    ${
      (view.filter.state === 'failed' || view.filter.state === 'queued') && view.total > 0
        ? buttonForm({
            label: t.retryAll[view.filter.state],
            action: href(ctx, `/workbench/nachrichten/wiederholung${view.query({})}`),
          })
        : nothing
    }`,
  })
}

function filters(ctx: Ctx, view: SentView): Html {
  const { sent: t, ...all } = texts(ctx)
  return filterBar(
    ctx,
    { action: href(ctx, '/workbench/nachrichten'), resetHref: href(ctx, '/workbench/nachrichten') },
    textField(ctx, { name: 'q', label: t.search, type: 'search', value: view.filter.q, optional: true, width: 20 }),
    selectField(ctx, {
      name: 'zustand',
      label: t.state,
      empty: t.any,
      optional: true,
      value: view.filter.state,
      choices: DELIVERY_STATES.map((value) => ({ value, label: all.states[value] })),
    }),
    selectField(ctx, {
      name: 'weg',
      label: t.channel,
      empty: t.any,
      optional: true,
      value: view.filter.channel,
      choices: CHANNELS.map((value) => ({ value, label: all.channels[value] })),
    }),
    ...periodFields(ctx, view.period),
  )
}

export function sentMessagePage(
  ctx: Ctx,
  message: MessageRow,
  deliveries: readonly DeliveryRow[],
  retried: number | null,
): Html {
  const { sent: t, ...all } = texts(ctx)
  const withAddress = (row: DeliveryRow) => ({
    ...row,
    email: message.email,
    telephone: message.telephone,
    account: message.account,
  })
  return layout(ctx, {
    title: message.subject,
    breadcrumbs: [{ label: t.title, href: href(ctx, '/workbench/nachrichten') }, { label: message.subject }],
    main: html`${
      retried === null
        ? nothing
        : alert(ctx, { kind: 'success', live: true, title: retried === 0 ? t.nothingRetried : t.retried(retried) })
    }
    ${pageHeading({ title: message.subject, preline: formatDateTime(ctx, message.createdAt) })}
    ${section(
      { title: t.deliveries },
      table(ctx, {
        caption: t.deliveries,
        captionHidden: true,
        dense: true,
        rows: deliveries,
        columns: [
          { key: 'channel', title: t.channel, cell: (row) => all.channels[row.channel] },
          { key: 'to', title: t.to, cell: (row) => recipient(ctx, withAddress(row)) },
          { key: 'state', title: t.state, cell: (row) => stateBadge(ctx, row.state) },
          { key: 'attempts', title: t.attempts, numeric: true, cell: (row) => formatNumber(ctx, row.attempts) },
          {
            key: 'sent',
            title: t.sentAt,
            nowrap: true,
            cell: (row) => (row.sentAt ? formatDateTime(ctx, row.sentAt) : '–'),
          },
          {
            key: 'transport',
            title: t.transport,
            cell: (row) => (row.transport ? (all.transports as Record<string, string>)[row.transport] : '–'),
          },
          { key: 'error', title: t.error, cell: (row) => reason(ctx, row) },
          {
            key: 'retry',
            title: t.retry,
            titleHidden: true,
            cell: (row) =>
              row.state === 'failed' || (row.state === 'queued' && row.nextAttemptAt !== null)
                ? buttonForm({
                    label: t.retry,
                    about: all.channels[row.channel],
                    action: href(ctx, `/workbench/nachrichten/${message.id}/wiederholung`),
                    fields: { delivery: row.id },
                  })
                : nothing,
          },
        ],
      }),
    )}
    ${section(
      { title: t.text },
      message.confidential
        ? notice(html`<p>${t.hidden}</p>`)
        : html`<div${langOf(ctx, message)}>${messageBody(ctx, message)}</div>`,
      descriptionList(ctx, [
        { label: t.language, value: message.locale === 'de' ? t.german : t.english },
        ...(message.caseId === null
          ? []
          : [{ label: t.caseId, value: link(href(ctx, `/workbench/vorgaenge/${message.caseId}`), t.caseId) }]),
        ...(message.account === null
          ? []
          : [{ label: t.readAt, value: message.readAt ? formatDateTime(ctx, message.readAt) : t.notRead }]),
      ]),
    )}`,
  })
}

const TONES = { queued: 'warning', sent: 'success', failed: 'danger', dropped: 'neutral' } as const

const stateBadge = (ctx: Ctx, state: DeliveryState): Html =>
  badge({ kind: TONES[state], label: texts(ctx).states[state], small: true })

export function recipient(ctx: Ctx, row: Pick<SentRow, 'channel' | 'email' | 'telephone'>): string {
  const t = texts(ctx).sent
  if (row.channel === 'inbox') return t.portalAccount
  if (row.channel === 'push') return t.device
  return (row.channel === 'mail' ? row.email : row.telephone) ?? '–'
}

/** What Node.js calls it where nobody answers at the address of the server. */
const NOBODY_THERE = /\b(ECONN[A-Z]+|E[A-Z]*UNREACH|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)\b/

function reason(ctx: Ctx, row: Pick<DeliveryRow, 'lastError' | 'nextAttemptAt'>): Html {
  const { errors, sent } = texts(ctx)
  if (row.lastError === null) return html`–`
  const words = NOBODY_THERE.test(row.lastError)
    ? html`${errors['server-silent']} <code>${row.lastError}</code>`
    : html`${(errors as Record<string, string>)[row.lastError] ?? row.lastError}`
  return row.nextAttemptAt === null
    ? words
    : html`${words}<br>${sent.nextAttempt(formatDateTime(ctx, row.nextAttemptAt))}`
}
