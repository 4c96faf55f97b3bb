import type { Ctx } from '#platform/context.ts'
import { alert, buttonForm, csvButton, emptyState, pagination, table, tabs } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts'
import { maskError } from '../domain/masking.ts'
import { JOB_STATES, type JobCounts, type JobRow, type JobState } from '../store/jobs.ts'
import { texts } from '../texts/index.ts'
import { frame, JOBS } from './frame.ts'

export interface JobsView {
  readonly state: JobState
  readonly rows: readonly JobRow[]
  readonly counts: JobCounts['counts']
  readonly page: number
  readonly pageSize: number
  /** How many were just set to run again; null where nobody asked. */
  readonly retried: number | null
}

export function jobsPage(ctx: Ctx, view: JobsView): Html {
  const t = texts(ctx).jobs
  const at = (state: JobState, page = 1) => href(ctx, `${JOBS}?state=${state}${page > 1 ? `&page=${page}` : ''}`)
  return frame(ctx, {
    path: JOBS,
    title: texts(ctx).tabs.jobs,
    lead: t.lead,
    main: html`${done(ctx, view.retried)}
      ${tabs(
        texts(ctx).tabs.jobs,
        JOB_STATES.map((state) => ({
          label: t.states[state],
          href: at(state),
          current: state === view.state,
          count: view.counts[state],
        })),
      )}
      ${
        view.state === 'failed' && view.rows.length > 0
          ? buttonForm({ action: href(ctx, `${JOBS}/wiederholungen`), label: t.retryAll, fields: { job: 'all' } })
          : nothing
      }
      ${rows(ctx, view)}
      ${csvButton(ctx, href(ctx, `${JOBS}.csv?state=${view.state}`))}
      ${pagination(ctx, {
        page: view.page,
        pageSize: view.pageSize,
        total: view.counts[view.state],
        href: (page) => at(view.state, page),
      })}`,
  })
}

function done(ctx: Ctx, retried: number | null): Html {
  if (retried === null) return nothing
  const t = texts(ctx).jobs
  return alert(ctx, {
    kind: retried > 0 ? 'success' : 'info',
    title: retried > 0 ? t.retried(retried) : t.retriedNone,
    live: true,
  })
}

function rows(ctx: Ctx, view: JobsView): Html {
  const t = texts(ctx).jobs
  const retryable = view.state === 'failed' || view.state === 'retrying'
  return table<JobRow>(ctx, {
    caption: t.caption(t.states[view.state]),
    captionHidden: true,
    dense: true,
    rows: view.rows,
    empty: emptyState({ title: t.emptyTitle, body: t.emptyBody }),
    columns: [
      { key: 'name', title: t.name, cell: (row) => html`<code>${row.name}</code>` },
      {
        key: 'attempts',
        title: t.attempts,
        nowrap: true,
        cell: (row) => t.attemptsValue(formatNumber(ctx, row.attempts), formatNumber(ctx, row.maxAttempts)),
      },
      { key: 'next', title: t.next, cell: (row) => (view.state === 'failed' ? '–' : formatDateTime(ctx, row.runAt)) },
      { key: 'since', title: t.since, cell: (row) => formatDateTime(ctx, row.createdAt) },
      {
        key: 'error',
        title: t.error,
        cell: (row) => (row.lastError === null ? '–' : html`<code>${maskError(row.lastError)}</code>`),
      },
      { key: 'request', title: t.request, cell: (row) => html`<code>${row.requestId?.slice(0, 8) ?? '–'}</code>` },
      ...(retryable
        ? [
            {
              key: 'retry',
              title: t.retry,
              titleHidden: true,
              cell: (row: JobRow) =>
                buttonForm({
                  action: href(ctx, `${JOBS}/wiederholungen`),
                  label: t.retry,
                  about: `${row.name} ${row.id}`,
                  fields: { job: String(row.id) },
                }),
            },
          ]
        : []),
    ],
  })
}
