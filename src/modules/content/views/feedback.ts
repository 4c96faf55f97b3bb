import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  badge,
  button,
  buttonForm,
  descriptionList,
  emptyState,
  errorSummary,
  form,
  link,
  csvButton,
  notice,
  pageHeading,
  pagination,
  prose,
  section,
  table,
  tabs,
  textareaField,
} from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime, formatShortDate } from '#platform/i18n/format.ts'
import { cityDate } from '#platform/time/clock.ts'
import { FEEDBACK_STATES, LONGEST_MESSAGE, type FeedbackState } from '../domain/feedback.ts'
import type { Feedback } from '../store.ts'
import { texts } from '../texts/index.ts'

export const LIST = '/workbench/rueckmeldungen'

/** Four weeks, as the statement promises; after that the enforcement procedure is open. */
export const dueOn = (feedback: Feedback): Temporal.PlainDate => cityDate(feedback.createdAt).add({ weeks: 4 })

export function feedbackListPage(
  ctx: Ctx,
  view: {
    state: FeedbackState
    rows: readonly Feedback[]
    counts: Readonly<Record<FeedbackState, number>>
    page: number
    pageSize: number
  },
): Html {
  const t = texts(ctx).workbench
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({
      title: t.title,
      lead: t.lead,
      actions: csvButton(ctx, href(ctx, `${LIST}.csv?stand=${view.state}`)),
    })}
    ${tabs(
      t.views,
      FEEDBACK_STATES.map((state) => ({
        label: t.states[state],
        href: href(ctx, `${LIST}?stand=${state}`),
        current: state === view.state,
        count: view.counts[state],
      })),
    )}
    ${table(ctx, {
      caption: `${t.caption}: ${t.states[view.state]}`,
      captionHidden: true,
      dense: true,
      rows: view.rows,
      columns: [
        {
          key: 'message',
          title: t.message,
          cell: (row) => link(href(ctx, `${LIST}/${row.id}`), shortened(row.message)),
        },
        { key: 'about', title: t.about, cell: (row) => row.about },
        { key: 'from', title: t.from, cell: (row) => row.name || t.anonymous },
        { key: 'received', title: t.received, nowrap: true, cell: (row) => formatShortDate(ctx, row.createdAt) },
        view.state === 'open'
          ? { key: 'due', title: t.due, nowrap: true, cell: (row: Feedback) => formatShortDate(ctx, dueOn(row)) }
          : { key: 'handled', title: t.handledBy, cell: (row: Feedback) => row.handledBy ?? '' },
      ],
      empty: emptyState({ title: t.empty, body: t.emptyText }),
    })}
    ${pagination(ctx, {
      page: view.page,
      pageSize: view.pageSize,
      total: view.counts[view.state],
      href: (page) => href(ctx, `${LIST}?stand=${view.state}&seite=${page}`),
    })}`,
  })
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= 90 ? line : `${line.slice(0, 89)}…`
}

export function feedbackPage(
  ctx: Ctx,
  feedback: Feedback,
  typed: { answer: string; error?: string } = { answer: '' },
): Html {
  const t = texts(ctx).workbench
  return layout(ctx, {
    title: t.one,
    hasErrors: typed.error !== undefined,
    main: html`${errorSummary(ctx, typed.error ? { answer: typed.error } : {})}
    ${backLink(ctx, href(ctx, `${LIST}?stand=${feedback.state}`), t.back)}
    ${pageHeading({
      title: t.one,
      badge: badge({ kind: feedback.state === 'open' ? 'warning' : 'success', label: t.states[feedback.state] }),
    })}
    ${descriptionList(ctx, [
      { label: t.message, value: paragraphs(feedback.message) },
      { label: t.about, value: feedback.about },
      { label: t.from, value: [feedback.name || t.anonymous, feedback.email || t.noReply].join(', ') },
      { label: t.received, value: formatDateTime(ctx, feedback.createdAt) },
      ...(feedback.state === 'open'
        ? [{ label: t.due, value: formatDate(ctx, dueOn(feedback)) }]
        : [
            { label: t.handled, value: feedback.handledAt && formatDateTime(ctx, feedback.handledAt) },
            { label: t.handledBy, value: feedback.handledBy },
          ]),
    ])}
    ${feedback.state === 'open' ? actions(ctx, feedback, typed) : answerOf(ctx, feedback)}`,
  })
}

function actions(ctx: Ctx, feedback: Feedback, typed: { answer: string; error?: string }): Html {
  const t = texts(ctx).workbench
  const close = html`${prose(html`<p>${t.closeHint}</p>`)}${buttonForm({ label: t.close, action: href(ctx, `${LIST}/${feedback.id}/abschluss`) })}`
  if (feedback.email === '') return html`${notice(t.noAddress)}${section({ title: t.close }, close)}`
  const answer = form(
    { action: href(ctx, `${LIST}/${feedback.id}/antwort`), label: t.answer },
    textareaField(ctx, {
      name: 'answer',
      label: t.answer,
      hint: t.answerHint(feedback.email),
      value: typed.answer,
      error: typed.error,
      maxLength: LONGEST_MESSAGE,
      rows: 8,
    }),
    button({ label: t.sendAnswer }),
  )
  return html`${answer}${section({ title: t.close }, close)}`
}

function answerOf(ctx: Ctx, feedback: Feedback): Html | string {
  if (feedback.answer === null) return ''
  return section({ title: texts(ctx).workbench.answered }, prose(paragraphs(feedback.answer)))
}

const paragraphs = (text: string): Html => html`${text.split(/\n{2,}/).map((part) => html`<p>${part}</p>`)}`
