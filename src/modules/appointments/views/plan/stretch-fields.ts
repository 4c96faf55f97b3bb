import type { Ctx } from '#platform/context.ts'
import { dayField, selectField, textField } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { counterName } from './counter.ts'

/** A stretch of one counter as somebody types it. */
export interface TypedStretch {
  readonly lane: string
  readonly day: string
  readonly from: string
  readonly to: string
}

interface StretchView {
  readonly lanes: readonly string[]
  readonly teams: readonly NamedTeam[]
  readonly typed: TypedStretch
  readonly errors: Readonly<Record<string, string>>
  /** What was typed for it; absent: it is for one day. */
  readonly lastDay?: string
  /** What several days mean. */
  readonly lastDayHint?: string
}

/** At which counter, on which day, from when to when. */
export function stretchFields(ctx: Ctx, { lanes, teams, typed, errors, lastDay, lastDayHint }: StretchView): Html {
  const t = texts(ctx).plan.block
  const time = (name: 'from' | 'to') =>
    textField(ctx, {
      name,
      label: t[name],
      hint: t.timeHint,
      value: typed[name],
      width: 6,
      maxLength: 20,
      error: errors[name],
    })
  return html`${selectField(ctx, {
    name: 'lane',
    label: t.counter,
    value: typed.lane,
    choices: lanes.map((lane) => ({ value: lane, label: counterName(ctx, lane, teams) })),
    error: errors['lane'],
  })}
  ${dayField(ctx, { name: 'day', label: t.day, value: typed.day, error: errors['day'] })}
  ${
    lastDay === undefined
      ? nothing
      : dayField(ctx, {
          name: 'lastDay',
          label: t.lastDay,
          hint: lastDayHint ?? t.lastDayHint,
          value: lastDay,
          optional: true,
          error: errors['lastDay'],
        })
  }
  ${time('from')} ${time('to')}`
}
