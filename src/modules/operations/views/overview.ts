import type { Ctx } from '#platform/context.ts'
import { alert, badge, descriptionList, section, table } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatNumber, formatTime } from '#platform/i18n/format.ts'
import { diagnose } from '../domain/diagnosis.ts'
import type { RouteTimes } from '../domain/requests.ts'
import { maskError } from '../domain/masking.ts'
import type { ProbeResult, Snapshot } from '../measure.ts'
import type { RunningStatement, TableSize } from '../store/database.ts'
import { texts } from '../texts/index.ts'
import { frame, OVERVIEW } from './frame.ts'
import { bytes, duration, milliseconds, percent } from './units.ts'

/** As many lines as one can take in at night. */
const MOST_ROUTES = 12

/** First what is wrong and what to do about it, then the figures that say so. */
export function overviewPage(ctx: Ctx, snapshot: Snapshot, tables: readonly TableSize[]): Html {
  const t = texts(ctx)
  return frame(ctx, {
    path: OVERVIEW,
    title: t.title,
    lead: t.overview.lead(formatTime(ctx, ctx.clock.now())),
    main: html`${findings(ctx, snapshot)} ${glance(ctx, snapshot)} ${routes(ctx, snapshot)}
      ${statements(ctx, snapshot.statements)} ${probes(ctx, snapshot.probes)} ${largest(ctx, tables)}`,
  })
}

function findings(ctx: Ctx, snapshot: Snapshot): Html {
  const t = texts(ctx)
  const found = diagnose(snapshot.measurements)
  if (found.length === 0)
    return alert(ctx, { kind: 'success', title: t.overview.well, body: html`<p>${t.overview.wellBody}</p>` })
  return section(
    { title: t.overview.findings },
    found.map(({ cause, tone, subject }) =>
      alert(ctx, {
        kind: tone,
        title: t.causes[cause].title(subject),
        body: html`<p>${t.causes[cause].advice}</p>`,
        headingLevel: 3,
      }),
    ),
  )
}

function glance(ctx: Ctx, s: Snapshot): Html {
  const t = texts(ctx).overview
  const number = (value: number) => formatNumber(ctx, value)
  const { counts } = s.jobs
  return section(
    { title: t.glance },
    descriptionList(ctx, [
      {
        label: t.jobs,
        value: t.jobsValue(number(counts.failed), number(counts.retrying), number(counts.running), number(counts.due)),
      },
      {
        label: t.pool,
        value: t.poolValue(number(s.pool.open), number(s.pool.most), number(s.pool.idle), number(s.pool.waiting)),
      },
      { label: t.ping, value: milliseconds(ctx, s.measurements.database.ping) },
      { label: t.loop, value: milliseconds(ctx, s.loopDelay) },
      { label: t.memory, value: bytes(ctx, s.memory) },
      { label: t.load, value: t.loadValue(number(Math.round(s.load * 10) / 10), number(s.processors)) },
      { label: t.cache, value: s.database.cacheHits === null ? null : percent(ctx, s.database.cacheHits) },
      {
        label: t.connections,
        value: t.connectionsValue(number(s.database.connections), number(s.database.mostConnections)),
      },
      {
        label: t.database,
        value: t.databaseValue(s.database.version, bytes(ctx, s.database.bytes), bytes(ctx, s.database.cityBytes)),
      },
      { label: t.uptime, value: duration(ctx, s.uptime) },
      { label: t.version, value: ctx.app.version },
    ]),
  )
}

function routes(ctx: Ctx, s: Snapshot): Html {
  const t = texts(ctx).overview
  const rows = s.routes.toSorted((a, b) => b.total - a.total).slice(0, MOST_ROUTES)
  return section(
    { title: t.routes, id: 'zeit' },
    html`<p>${s.minutes === null ? t.routesSinceStart : t.routesRecent(formatNumber(ctx, s.minutes))}</p>`,
    table<RouteTimes>(ctx, {
      caption: t.routes,
      captionHidden: true,
      dense: true,
      rows,
      empty: html`<p>${t.noRoutes}</p>`,
      columns: [
        { key: 'route', title: t.route, cell: (row) => `${row.method} ${row.route}` },
        { key: 'requests', title: t.requests, numeric: true, cell: (row) => formatNumber(ctx, row.requests) },
        { key: 'failed', title: t.failed, numeric: true, cell: (row) => formatNumber(ctx, row.failed) },
        { key: 'mean', title: t.mean, numeric: true, nowrap: true, cell: (row) => milliseconds(ctx, row.mean) },
        {
          key: 'p95',
          title: t.p95,
          numeric: true,
          nowrap: true,
          cell: (row) => (Number.isFinite(row.p95) ? milliseconds(ctx, row.p95) : t.over(milliseconds(ctx, 10_000))),
        },
        { key: 'total', title: t.total, numeric: true, nowrap: true, cell: (row) => milliseconds(ctx, row.total) },
      ],
    }),
  )
}

function statements(ctx: Ctx, rows: readonly RunningStatement[]): Html {
  const t = texts(ctx).overview
  return section(
    { title: t.statements },
    table<RunningStatement>(ctx, {
      caption: t.statements,
      captionHidden: true,
      dense: true,
      rows,
      empty: html`<p>${t.statementsNone}</p>`,
      columns: [
        { key: 'statement', title: t.statement, cell: (row) => html`<code>${row.statement}</code>` },
        {
          key: 'seconds',
          title: t.seconds,
          numeric: true,
          nowrap: true,
          cell: (row) => milliseconds(ctx, row.seconds * 1000),
        },
        { key: 'state', title: t.state, cell: (row) => `${row.state} (${row.pid})` },
        {
          key: 'waits',
          title: t.waitsFor,
          cell: (row) =>
            html`${row.waitsFor ?? nothing} ${row.blockedBy.length > 0 ? t.blockedBy(row.blockedBy.join(', ')) : nothing}`,
        },
      ],
    }),
  )
}

function probes(ctx: Ctx, rows: readonly ProbeResult[]): Html {
  const t = texts(ctx).overview
  return section(
    { title: t.probes },
    table<ProbeResult>(ctx, {
      caption: t.probes,
      captionHidden: true,
      dense: true,
      rows,
      empty: html`<p>${t.probesNone}</p>`,
      columns: [
        { key: 'name', title: t.probe, cell: (row) => row.name },
        {
          key: 'state',
          title: t.state,
          cell: (row) =>
            row.ok
              ? badge({ kind: 'success', label: t.ok, small: true })
              : badge({ kind: 'danger', label: t.bad, small: true }),
        },
        { key: 'message', title: t.answer, cell: (row) => maskError(row.message[ctx.locale]) },
      ],
    }),
  )
}

function largest(ctx: Ctx, rows: readonly TableSize[]): Html {
  const t = texts(ctx).overview
  return section(
    { title: t.tables },
    table<TableSize>(ctx, {
      caption: t.tables,
      captionHidden: true,
      dense: true,
      rows,
      columns: [
        { key: 'name', title: t.table, cell: (row) => html`<code>${row.name}</code>` },
        { key: 'size', title: t.size, numeric: true, nowrap: true, cell: (row) => bytes(ctx, row.bytes) },
        { key: 'rows', title: t.rows, numeric: true, cell: (row) => formatNumber(ctx, row.rows) },
        { key: 'dead', title: t.dead, numeric: true, nowrap: true, cell: (row) => percent(ctx, row.dead) },
      ],
    }),
  )
}
