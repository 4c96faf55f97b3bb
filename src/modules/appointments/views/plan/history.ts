import type { Ctx } from '#platform/context.ts'
import { backLink, pageHeading, section, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts'
import { sideBySide, versionBefore } from '../../domain/versions.ts'
import type { RuleVersion } from '../../store/rules.ts'
import { texts } from '../../texts/index.ts'
import { capital, differences, ruleTitle, ruleWords } from './words.ts'

export interface HistoryView {
  readonly teamName: string
  /** The newest first. */
  readonly versions: readonly RuleVersion[]
  readonly nameOf: (account: string) => string
}

/** Who changed a rule, when, and what was different then. */
export function historyPage(ctx: Ctx, { teamName, versions, nameOf }: HistoryView): Html {
  const t = texts(ctx).plan.history
  const newest = versions[0]!.rule
  return layout(ctx, {
    title: t.title,
    main: html`${backLink(ctx, href(ctx, `/workbench/termine/teams/${newest.team}`), teamName)}
    ${pageHeading({ title: t.title, preline: teamName, lead: html`<p>${ruleTitle(ctx, newest)}</p>` })}
    ${versions.map((version) =>
      section(
        { title: t.version(formatNumber(ctx, version.version)) },
        html`<p>${formatDateTime(ctx, version.madeAt)}, ${version.madeBy === null ? t.byCity : nameOf(version.madeBy)}<br>
          ${heldWords(ctx, version, versions)}
        </p>`,
        changesOf(ctx, versions, version),
      ),
    )}`,
  })
}

/** On which days it holds; who looks for a planned change finds it here. */
function heldWords(ctx: Ctx, { rule, from, replacedAt }: RuleVersion, versions: readonly RuleVersion[]): string {
  if (replacedAt !== null) return texts(ctx).plan.history.replaced(formatDateTime(ctx, replacedAt))
  const standing = sideBySide(versions.filter((one) => one.replacedAt === null))
  const placed = standing.find(({ inForce }) => inForce?.from?.toString() === from?.toString())
  return capital(ruleWords(ctx, placed ?? rule).validity)
}

/** Versions planned for later that this one has put an end to. */
const droppedBy = (versions: readonly RuleVersion[], { version, from, madeAt }: RuleVersion) =>
  versions.filter(
    (one) =>
      one.version < version &&
      one.from &&
      (!from || Temporal.PlainDate.compare(one.from, from) > 0) &&
      one.replacedAt?.equals(madeAt),
  )

function changesOf(ctx: Ctx, versions: readonly RuleVersion[], made: RuleVersion): Html {
  const t = texts(ctx).plan
  const { rule, version } = made
  const before = versionBefore(versions, made)
  const changed = differences(ctx, before?.rule ?? null, rule)
  const dropped = droppedBy(versions, made).map(
    (one) => html`<p>${t.history.takenBack(formatDate(ctx, one.from!), formatNumber(ctx, one.version))}</p>`,
  )
  if (changed.length === 0) return dropped.length > 0 ? html`${dropped}` : html`<p>${t.differences.same}</p>`
  return html`${dropped}${table(ctx, {
    caption: before ? t.history.caption(formatNumber(ctx, version)) : t.differences.first,
    captionHidden: before !== null,
    dense: true,
    rows: changed,
    columns: [
      { key: 'what', title: t.history.what, cell: ({ part }) => t.differences[part] },
      ...(before
        ? [{ key: 'before', title: t.history.before, cell: (row: (typeof changed)[number]) => row.before }]
        : []),
      { key: 'after', title: t.history.after, cell: ({ after }) => after },
    ],
  })}`
}
