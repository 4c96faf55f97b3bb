import type { ServiceDefinition, Transition, TransitionTexts } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  pageHeading,
  radioField,
  section,
  textareaField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime } from '#platform/i18n/format.ts'
import type { FieldProblem } from '../domain/workflow.ts'
import type { Statement } from '../store/statements.ts'
import { texts } from '../texts/index.ts'
import { lastDayOfStatement, partnerField } from '../use-cases/statements.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { lines } from './case-page.ts'
import { fieldOf } from './decide.ts'

export interface StatementModel {
  readonly token: string
  readonly statement: Statement & { readonly caseNumber: string }
  readonly definition: ServiceDefinition
  /** What the organisation can do with the case beside its word. */
  readonly steps: readonly Transition[]
}

export interface StatementPageState {
  readonly typed?: (field: string) => string
  readonly errors?: Readonly<Record<string, string>>
  readonly problems?: Readonly<Record<string, FieldProblem>>
  readonly message?: Html
}

/** What another organisation sees of a case: its number and the question; afterwards also what it said itself. */
export function statementView(ctx: Ctx, model: StatementModel, state: StatementPageState): Html {
  const t = texts(ctx).statement
  const { statement } = model
  const errors = { ...state.errors, ...problemWords(ctx, model, state.problems ?? {}) }
  return layout(ctx, {
    title: t.title(statement.organisation),
    noIndex: true,
    hasErrors: Object.keys(errors).length > 0,
    main: html`
      ${errorSummary(ctx, errors)} ${state.message ?? nothing}
      ${pageHeading({
        title: t.title(statement.organisation),
        lead: `${t.lead(statement.caseNumber, ctx.tenant.name)} ${t.until(formatDate(ctx, lastDayOfStatement(statement.expiresAt)))}.`,
      })}
      ${section({ title: t.question }, html`<div class="rh-prose">${lines(statement.question)}</div>`)}
      ${
        statement.answer !== null && statement.answeredAt
          ? html`${alert(ctx, { kind: 'info', title: t.answered, body: t.answeredOn(formatDateTime(ctx, statement.answeredAt)) })}
              ${section({ title: t.answer }, html`<div class="rh-prose">${lines(statement.answer)}</div>`)}`
          : form(
              { action: href(ctx, `/stellungnahme/${model.token}`) },
              textareaField(ctx, {
                name: 'answer',
                label: t.answer,
                value: state.typed?.('answer'),
                error: errors['answer'],
                rows: 10,
                maxLength: LONGEST_TEXT,
              }),
              steps(ctx, model, state, errors),
              button({ label: t.send }),
            )
      }
    `,
  })
}

/** Which way the case goes on, where the organisation decides on that, and what each way asks for. */
function steps(
  ctx: Ctx,
  model: StatementModel,
  { typed }: StatementPageState,
  errors: Readonly<Record<string, string>>,
): Html {
  const isChoice = model.steps.length > 1
  const label = (step: Transition) => wordsOf(ctx, model, step.name)?.label ?? step.name
  return html`${
    isChoice
      ? radioField(ctx, {
          name: 'step',
          label: texts(ctx).statement.step,
          value: typed?.('step') ?? '',
          error: errors['step'],
          choices: model.steps.map((step) => ({ value: step.name, label: label(step) })),
        })
      : nothing
  }
  ${model.steps.flatMap((step) =>
    step.fields.map((field) => {
      const name = partnerField(step.name, field.name)
      const words = wordsOf(ctx, model, step.name)?.fields?.[field.name] ?? field.name
      return fieldOf(
        ctx,
        // Only the fields of the way that is chosen must be filled in.
        { ...field, name, required: field.required && !isChoice },
        {
          label: isChoice ? `${label(step)}: ${words}` : words,
          value: typed?.(name) ?? '',
          error: errors[name],
          options: wordsOf(ctx, model, step.name)?.options?.[field.name] ?? {},
        },
      )
    }),
  )}`
}

const wordsOf = (ctx: Ctx, { definition }: StatementModel, step: string): TransitionTexts | undefined =>
  definition.texts[ctx.locale].transitions[step]

function problemWords(
  ctx: Ctx,
  model: StatementModel,
  problems: Readonly<Record<string, FieldProblem>>,
): Record<string, string> {
  const t = texts(ctx)
  return Object.fromEntries(
    Object.entries(problems).map(([name, problem]) => {
      const [step = '', field = ''] = name.split('.')
      const label = name === 'step' ? t.statement.step : (wordsOf(ctx, model, step)?.fields?.[field] ?? field)
      return [name, t.decide.errors[problem](label)]
    }),
  )
}

export function statementGoneView(ctx: Ctx): Html {
  const t = texts(ctx).statement
  return layout(ctx, {
    title: t.gone,
    noIndex: true,
    main: pageHeading({ title: t.gone, lead: t.goneBody }),
  })
}
