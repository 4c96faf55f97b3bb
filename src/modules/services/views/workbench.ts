import type { Unit } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  badge,
  button,
  buttonGroup,
  csvButton,
  descriptionList,
  emptyState,
  form,
  linkButton,
  link,
  list,
  pageHeading,
  section,
  table,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatMoney, formatShortDate } from '#platform/i18n/format.ts'
import type { PublishedService, ServiceDefinition } from '../domain/definition.ts'
import type { FeeTable } from '../domain/fee-table.ts'
import type { Transition } from '../domain/workflow-definition.ts'
import { actionWords } from '../extension.ts'
import type { VersionRow } from '../store/versions.ts'
import { texts } from '../texts/index.ts'
import { workflowDiagram } from './diagram.ts'

export interface ServiceLine {
  readonly slug: string
  readonly live: PublishedService | null
  readonly trial: PublishedService | null
}

export const titleOf = (ctx: Ctx, line: ServiceLine): string =>
  (line.trial ?? line.live)?.definition.texts[ctx.locale].service.title ?? line.slug

/** All services with what is published and what waits. */
export function servicesPage(ctx: Ctx, lines: readonly ServiceLine[], units: readonly Unit[]): Html {
  const t = texts(ctx).workbench
  const nameOf = (id: string | undefined) => units.find((unit) => unit.id === id)?.name[ctx.locale] ?? id ?? ''
  return layout(ctx, {
    title: t.title,
    area: 'workbench',
    main: html`${pageHeading({ title: t.title, lead: t.lead, actions: csvButton(ctx, href(ctx, '/workbench/leistungen.csv')) })}
    ${table(ctx, {
      caption: t.title,
      captionHidden: true,
      dense: true,
      rows: lines,
      empty: emptyState({ title: t.title, body: t.none }),
      columns: [
        {
          key: 'name',
          title: t.name,
          rowHeader: true,
          cell: (line) => link(href(ctx, `/workbench/leistungen/${line.slug}`), titleOf(ctx, line)),
        },
        { key: 'live', title: t.live, cell: (line) => (line.live ? `${t.version} ${line.live.version}` : '–') },
        {
          key: 'trial',
          title: t.trial,
          cell: (line) =>
            line.trial ? badge({ kind: 'warning', label: `${t.version} ${line.trial.version}`, small: true }) : '–',
        },
        { key: 'unit', title: t.unit, cell: (line) => nameOf((line.trial ?? line.live)?.definition.unit) },
        { key: 'prefix', title: t.prefix, cell: (line) => (line.trial ?? line.live)?.definition.prefix ?? '' },
      ],
    })}`,
  })
}

export interface ServicePage {
  /** Shown: what is on trial, or else what is published. */
  readonly shown: PublishedService
  readonly live: PublishedService | null
  readonly versions: readonly VersionRow[]
  /** Null where the city has no such unit. */
  readonly unit: Unit | null
  /** Just published. */
  readonly done: number | null
}

/** One service: try and publish, the workflow as picture and table, form, fees, versions. */
export function servicePage(ctx: Ctx, page: ServicePage): Html {
  const t = texts(ctx).workbench
  const def = page.shown.definition
  const words = def.texts[ctx.locale]
  const onTrial = page.shown.state === 'trial'
  return layout(ctx, {
    title: words.service.title,
    area: 'workbench',
    styles: ['services-diagram.css'],
    breadcrumbs: [{ label: t.allServices, href: href(ctx, '/workbench/leistungen') }, { label: words.service.title }],
    main: html`${page.done === null ? nothing : alert(ctx, { kind: 'success', title: t.done(page.done), live: true })}
    ${pageHeading({
      title: words.service.title,
      lead: words.service.summary,
      badge: badge({
        kind: onTrial ? 'warning' : 'success',
        label: `${t.version} ${page.shown.version}, ${onTrial ? t.inTrial : t.published}`,
      }),
    })}
    ${buttonGroup(
      linkButton({
        label: t.tryIt,
        href: href(ctx, `/antrag/${def.slug}?probe=1`),
        kind: onTrial ? 'primary' : 'secondary',
      }),
      onTrial
        ? form(
            {
              action: href(ctx, `/workbench/leistungen/${def.slug}/versionen/${page.shown.version}/veroeffentlichung`),
            },
            button({ label: t.publish(page.shown.version), kind: 'secondary' }),
          )
        : nothing,
    )}
    <p class="kern-body">${t.tryNote} ${onTrial ? t.publishNote : nothing}</p>
    ${descriptionList(ctx, [
      { label: t.unit, value: page.unit?.name[ctx.locale] ?? def.unit },
      { label: t.prefix, value: def.prefix },
      { label: t.retention, value: t.years(def.retention.years, def.retention.source[ctx.locale]) },
    ])}
    ${section({ title: t.workflow }, workflowDiagram(ctx, def), transitionTable(ctx, def))} ${formTable(ctx, def)}
    ${def.fees.length > 0 ? feeTables(ctx, def) : nothing}
    ${def.letters.length > 0 ? section({ title: t.letters }, list(def.letters.map((letter) => words.letters[letter.name]?.title ?? letter.name))) : nothing}
    ${versionTable(ctx, page.versions, page.live?.version ?? 0)}`,
  })
}

function transitionTable(ctx: Ctx, def: ServiceDefinition): Html {
  const t = texts(ctx).workbench
  const words = def.texts[ctx.locale]
  const stage = (name: string) => words.states[name]?.staff ?? name
  const actionWord = (name: string) => t.action[name] ?? ctx.app.extensions(actionWords).get(name)?.[ctx.locale] ?? name
  const condition = (one: Transition) => {
    const parts = [one.on ? t.events[one.on] : null, one.when ? html`<code>${one.when}</code>` : null].filter(
      (part) => part !== null,
    )
    return parts.length === 0
      ? one.by === 'system'
        ? t.always
        : ''
      : html`${parts.map((part, at) => html`${at > 0 ? ', ' : ''}${part}`)}`
  }
  return table<Transition>(ctx, {
    caption: t.workflow,
    captionHidden: true,
    rows: def.workflow.transitions,
    columns: [
      {
        key: 'name',
        title: t.transition,
        rowHeader: true,
        cell: (one) => words.transitions[one.name]?.label ?? one.name,
      },
      { key: 'from', title: t.from, cell: (one) => one.from.map(stage).join(', ') },
      { key: 'to', title: t.to, cell: (one) => stage(one.to) },
      { key: 'by', title: t.who, cell: (one) => t.by[one.by] },
      { key: 'when', title: t.condition, cell: condition },
      {
        key: 'does',
        title: t.actions,
        cell: (one) => [...new Set(one.actions.map((action) => actionWord(action.do)))].join(', '),
      },
    ],
  })
}

function formTable(ctx: Ctx, def: ServiceDefinition): Html {
  const t = texts(ctx).workbench
  const words = def.texts[ctx.locale]
  const label = (path: string) => words.fields[path]?.label ?? path
  return section(
    { title: t.form },
    table(ctx, {
      caption: t.form,
      captionHidden: true,
      rows: def.form.steps,
      columns: [
        { key: 'step', title: t.step, rowHeader: true, cell: (step) => words.steps[step.name]?.title ?? step.name },
        {
          key: 'fields',
          title: t.fields,
          cell: (step) =>
            step.items
              .flatMap((item) =>
                item.type === 'group'
                  ? item.fields.map((field) => label(`${item.name}.${field.name}`))
                  : [label(item.name)],
              )
              .join(', '),
        },
        {
          key: 'when',
          title: t.condition,
          cell: (step) => (step.visibleIf ? html`<code>${step.visibleIf}</code>` : t.always),
        },
      ],
    }),
  )
}

function feeTables(ctx: Ctx, def: ServiceDefinition): Html {
  const t = texts(ctx).workbench
  const words = def.texts[ctx.locale]
  const day = (text: string | undefined) => (text ? formatShortDate(ctx, Temporal.PlainDate.from(text)) : '–')
  const rows = (fee: FeeTable) => fee.periods.flatMap((period) => period.rates.map((rate) => ({ period, rate })))
  return section(
    { title: t.fees },
    def.fees.map((fee) =>
      table(ctx, {
        caption: words.fees[fee.name] ?? fee.name,
        rows: rows(fee),
        columns: [
          { key: 'from', title: t.feeFrom, cell: ({ period }) => day(period.from) },
          { key: 'until', title: t.feeUntil, cell: ({ period }) => day(period.until) },
          {
            key: 'when',
            title: t.condition,
            cell: ({ rate }) => (rate.when ? html`<code>${rate.when}</code>` : t.always),
          },
          {
            key: 'amount',
            title: t.feeAmount,
            numeric: true,
            cell: ({ rate }) =>
              typeof rate.cents === 'number' ? formatMoney(ctx, rate.cents) : html`<code>${rate.cents}</code>`,
          },
          { key: 'source', title: t.feeSource, cell: ({ period }) => period.source[ctx.locale] },
        ],
      }),
    ),
  )
}

function versionTable(ctx: Ctx, versions: readonly VersionRow[], live: number): Html {
  const t = texts(ctx).workbench
  return section(
    { title: t.versions },
    table(ctx, {
      caption: t.versions,
      captionHidden: true,
      rows: versions,
      columns: [
        { key: 'version', title: t.version, rowHeader: true, cell: (row) => String(row.version) },
        {
          key: 'state',
          title: t.state,
          cell: (row) => (row.state === 'trial' ? t.inTrial : row.version === live ? t.published : t.replaced),
        },
        { key: 'since', title: t.since, cell: (row) => formatShortDate(ctx, row.published_at ?? row.loaded_at) },
      ],
    }),
  )
}
