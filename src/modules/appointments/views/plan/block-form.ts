import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  buttonGroup,
  errorSummary,
  form,
  hiddenField,
  pageHeading,
  radioField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatClock, formatDay, formatShortDay } from '#platform/i18n/format.ts'
import { cityDate } from '#platform/time/clock.ts'
import { BLOCK_REASONS } from '../../domain/block.ts'
import { allLanesOf, teamOfKey } from '../../domain/lane.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import type { WantedBlock } from '../../use-cases/plan/blocks.ts'
import { counterName } from './counter.ts'
import { PLAN_STYLES } from './frame.ts'
import { stretchFields, type TypedStretch } from './stretch-fields.ts'

export interface TypedBlock extends TypedStretch {
  readonly id: string
  /** '' where it ends on the day on which it begins. */
  readonly lastDay: string
  readonly reason: string
}

export interface BlockFormView {
  readonly officeName: string
  readonly office: string
  /** Where the calendar of that day stands. */
  readonly back: string
  readonly lanes: readonly string[]
  readonly teams: readonly NamedTeam[]
  readonly typed: TypedBlock
  readonly errors: Readonly<Record<string, string>>
}

export const BLOCKS = '/workbench/termine/sperren'

export function blockFormPage(ctx: Ctx, view: BlockFormView): Html {
  const t = texts(ctx).plan.block
  const { typed, errors, lanes, teams } = view
  return layout(ctx, {
    title: t.title,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${backLink(ctx, href(ctx, view.back), texts(ctx).plan.calendar.title)} ${errorSummary(ctx, errors)}
    ${pageHeading({ title: t.title, preline: view.officeName, lead: t.lead })}
    ${form(
      { action: href(ctx, `${BLOCKS}/neu`) },
      hiddenField('id', typed.id),
      hiddenField('office', view.office),
      stretchFields(ctx, {
        lanes: [...teamsOfMany(lanes).map(allLanesOf), ...lanes],
        teams,
        typed,
        errors,
        lastDay: typed.lastDay,
      }),
      radioField(ctx, {
        name: 'reason',
        label: t.reason,
        hint: t.reasonHint,
        value: typed.reason,
        choices: BLOCK_REASONS.map((value) => ({ value, label: t.reasons[value] })),
        error: errors['reason'],
      }),
      buttonGroup(button({ label: texts(ctx).plan.rule.preview, name: 'next', value: 'preview' })),
    )}`,
  })
}

/** Teams of which several lanes can be blocked at once: a meeting, or nothing works. */
const teamsOfMany = (lanes: readonly string[]): string[] => {
  const owners = lanes.flatMap((lane) => teamOfKey(lane) ?? [])
  return [...new Set(owners)].filter((team) => owners.filter((one) => one === team).length > 1)
}

/** "Schalter 2: Montag, 18. März 2030, 08:00 bis 12:00 Uhr" */
export function blockWhen(
  ctx: Ctx,
  { lane, startsAt, endsAt }: Pick<WantedBlock, 'lane' | 'startsAt' | 'endsAt'>,
  among: readonly NamedTeam[] = [],
): string {
  const span = blockSpan(ctx, { startsAt, endsAt })
  const when = isOneDay({ startsAt, endsAt }) ? `${formatDay(ctx, startsAt)}, ${span}` : span
  return texts(ctx).plan.block.what(counterName(ctx, lane, among), when)
}

/** "08:00 bis 12:00 Uhr", of several days "Mo., 18. März, 08:00 bis Fr., 22. März, 18:00 Uhr" */
export function blockSpan(ctx: Ctx, { startsAt, endsAt }: Pick<WantedBlock, 'startsAt' | 'endsAt'>): string {
  const day = (at: Temporal.Instant) => (isOneDay({ startsAt, endsAt }) ? '' : `${formatShortDay(ctx, cityDate(at))}, `)
  const [from, to] = [startsAt, endsAt].map((at) => `${day(at)}${formatClock(ctx, at)}`)
  return texts(ctx).plan.words.span(from!, to!)
}

/** Midnight is the end of a day. */
const isOneDay = ({ startsAt, endsAt }: Pick<WantedBlock, 'startsAt' | 'endsAt'>): boolean =>
  cityDate(startsAt).equals(cityDate(endsAt.subtract({ seconds: 1 })))
