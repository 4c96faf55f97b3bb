import type { Transition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { backLink, confirmPanel, errorSummary } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { FieldProblem } from '../../domain/workflow.ts'
import { texts } from '../../texts/index.ts'
import { fieldOf } from '../decide.ts'
import { isWithdrawal, stepPath, type OwnModel } from './model.ts'

/** Asks once more before the applicant's step is taken. */
export function ownStepView(
  ctx: Ctx,
  model: OwnModel,
  transition: Transition,
  state: { typed?: (field: string) => string; problems?: Readonly<Record<string, FieldProblem>> } = {},
): Html {
  const t = texts(ctx)
  const words = model.definition.texts[ctx.locale].transitions[transition.name]
  const withdrawal = isWithdrawal(model, transition)
  const label = (name: string) => words?.fields?.[name] ?? name
  const errors = Object.fromEntries(
    Object.entries(state.problems ?? {}).map(([name, problem]) => [name, t.decide.errors[problem](label(name))]),
  )
  const fields = transition.fields.map((field) =>
    fieldOf(ctx, field, {
      label: label(field.name),
      value: state.typed?.(field.name) ?? '',
      error: errors[field.name],
      options: words?.options?.[field.name] ?? {},
    }),
  )
  return layout(ctx, {
    title: withdrawal ? t.own.withdrawTitle : model.words.label(transition.name),
    noIndex: true,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${backLink(ctx, href(ctx, model.base), model.kase.number)} ${errorSummary(ctx, errors)}
    ${confirmPanel(ctx, {
      title: withdrawal ? t.own.withdrawTitle : model.words.label(transition.name),
      consequence: words?.confirm ?? (withdrawal ? t.own.withdrawConsequence : model.words.state(transition.to)),
      action: href(ctx, `${model.base}/${stepPath(model, transition)}`),
      confirm: withdrawal ? t.own.withdrawConfirm : t.own.confirm,
      cancelHref: href(ctx, model.base),
      cancel: t.own.back,
      danger: withdrawal,
      content: fields,
    })}`,
  })
}
