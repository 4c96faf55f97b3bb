import type { Ctx } from '#platform/context.ts'
import { section } from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'
import type { OpeningRule } from '../../domain/rule.ts'
import { texts } from '../../texts/index.ts'
import { besideView, type Beside } from './beside.ts'
import { ruleTitle } from './words.ts'

interface TakeBackPreview {
  readonly taken: OpeningRule
  /** Null: the rule has not begun, and will not. */
  readonly goesOn: OpeningRule | null
  readonly week: Beside['week']
}

/** What is taken back, what goes on in its place, and the week without it. */
export function takeBackPreview(ctx: Ctx, { taken, goesOn, week }: TakeBackPreview): Html {
  const t = texts(ctx).plan.takeBack
  return html`${section(
    { title: t.what },
    html`<p><strong>${ruleTitle(ctx, taken)}</strong></p>`,
    html`<p>${goesOn ? t.goesOn(ruleTitle(ctx, goesOn)) : t.nothingGoesOn}</p>`,
  )}
  ${besideView(ctx, { before: taken, after: goesOn, week })}`
}
