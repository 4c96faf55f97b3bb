import type { Transition, TransitionField, WorkflowAction } from '#modules/services/public.ts'
import { feeFor } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  button,
  link,
  linkButton,
  list,
  radioField,
  section,
  textareaField,
  textField,
  errorSummary,
  pageHeading,
  moneyField,
  selectField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatMoney } from '#platform/i18n/format.ts'
import { stateOf, type FieldProblem } from '../domain/workflow.ts'
import { caseAction } from '../extension.ts'
import type { CaseModel } from '../routes/load-case.ts'
import { texts } from '../texts/index.ts'
import { mattersOutside } from '../use-cases/decide.ts'
import { casePath } from './case-page.ts'

export interface DecidePageState {
  readonly message?: Html
  readonly typed?: (field: string) => string
  readonly problems?: Readonly<Record<string, FieldProblem>>
}

/** One step of the workflow: what it asks for, and what will happen before it happens. */
export function decideView(ctx: Ctx, model: CaseModel, transition: Transition, state: DecidePageState = {}): Html {
  const t = texts(ctx)
  const { kase, words, definition } = model
  const errors = Object.fromEntries(
    Object.entries(state.problems ?? {}).map(([name, problem]) => [
      name,
      t.decide.errors[problem](fieldLabel(ctx, model, transition, name)),
    ]),
  )
  const own = casePath(kase.number, `/schritte/${transition.name}`)
  const templates = transition.actions.filter((action) => action.do === 'letter')
  return layout(ctx, {
    title: `${words.label(transition.name)}: ${kase.number}`,
    hasErrors: Object.keys(errors).length > 0,
    main: html`
      ${backLink(ctx, href(ctx, casePath(kase.number)), t.decide.cancel)} ${errorSummary(ctx, errors)}
      ${state.message ?? nothing}
      ${kase.newsAt ? alert(ctx, { kind: 'info', title: t.kase.news, body: html`<p>${link(href(ctx, casePath(kase.number, '#nachrichten')), t.decide.lookFirst)}</p>` }) : nothing}
      ${pageHeading({ preline: `${kase.number} · ${words.title}`, title: words.label(transition.name), lead: kase.applicant.name })}
      <form class="rh-form" method="post" action="${href(ctx, own)}" novalidate>
        <input type="hidden" name="revision" value="${kase.revision}">
        ${transition.fields.map((field) =>
          fieldOf(ctx, field, {
            label: fieldLabel(ctx, model, transition, field.name),
            value: state.typed?.(field.name) ?? '',
            error: errors[field.name],
            options: definition.texts[ctx.locale].transitions[transition.name]?.options?.[field.name] ?? {},
          }),
        )}
        ${section({ title: t.decide.consequences }, list(consequences(ctx, model, transition)))}
        ${
          templates.length > 0
            ? html`<p class="rh-buttons">
              ${templates.map((action) =>
                button({
                  label: t.decide.preview(letterTitle(ctx, model, action)),
                  kind: 'tertiary',
                  icon: 'visibility',
                  formaction: href(ctx, `${own}/vorschau/${action.template}`),
                  newTab: true,
                }),
              )}
            </p>`
            : nothing
        }
        <div class="rh-buttons">
          ${button({ label: t.decide.confirm })}
          ${linkButton({ label: t.decide.cancel, kind: 'tertiary', href: href(ctx, casePath(kase.number)) })}
        </div>
      </form>
    `,
  })
}

function fieldLabel(ctx: Ctx, model: CaseModel, transition: Transition, name: string): string {
  return model.definition.texts[ctx.locale].transitions[transition.name]?.fields?.[name] ?? name
}

/** The field of a step, for clerks and applicants alike. */
export function fieldOf(
  ctx: Ctx,
  field: TransitionField,
  o: { label: string; value: string; error?: string; options: Readonly<Record<string, string>> },
): Html {
  const t = texts(ctx).decide
  const common = { name: field.name, label: o.label, value: o.value, error: o.error, optional: !field.required }
  switch (field.type) {
    case 'long-text':
      return textareaField(ctx, { ...common, maxLength: field.max })
    case 'date':
      return textField(ctx, { ...common, width: 10, hint: t.dateHint })
    case 'money':
      return moneyField(ctx, { ...common, hint: t.moneyHint })
    case 'choice': {
      const choices = field.options.map((value) => ({ value, label: o.options[value] ?? value }))
      return choices.length > 7 ? selectField(ctx, { ...common, choices }) : radioField(ctx, { ...common, choices })
    }
    case 'text':
      return textField(ctx, { ...common, maxLength: field.max })
  }
}

/** In words, before the button: what is sent, asked for, made, and that it can be taken back. */
function consequences(ctx: Ctx, model: CaseModel, transition: Transition): string[] {
  const t = texts(ctx).decide
  const { definition, words } = model
  const to = stateOf(definition, transition.to)
  const said = definition.texts[ctx.locale].transitions[transition.name]?.confirm
  return [
    ...(said ? [said] : []),
    t.newState(words.stage(to.name)),
    ...transition.actions.map((action) => consequence(ctx, model, action)),
    ...(to.kind === 'final' ? [t.closes] : []),
    ...(mattersOutside(definition, transition) ? [t.undoHint] : []),
  ]
}

function consequence(ctx: Ctx, model: CaseModel, action: WorkflowAction): string {
  const t = texts(ctx).decide
  const { definition, kase } = model
  switch (action.do) {
    case 'notify': {
      const subject = definition.texts[ctx.locale].notices[action.template ?? '']?.subject ?? ''
      return t.notifies(subject.replaceAll('{caseNumber}', kase.number).replaceAll(/\{\w+\}/g, '…'))
    }
    case 'request-payment': {
      const fee = feeFor(definition, kase.answers, kase.openedOn, action.fee)
      return t.demands(fee.ok ? formatMoney(ctx, fee.value.cents) : '…')
    }
    case 'letter':
      return t.makesLetter(letterTitle(ctx, model, action))
    case 'require-payment':
      return t.requiresPayment
    case 'cancel-payment':
      return t.cancels
    case 'refund-payment':
      return t.refunds
    case 'start-timer':
      return t.startsTimer
    default: {
      const says = ctx.app.extensions(caseAction).get(action.do)?.says
      return says ? `${says[ctx.locale]}.` : t.acts(action.do)
    }
  }
}

const letterTitle = (ctx: Ctx, { definition }: CaseModel, action: WorkflowAction): string =>
  definition.texts[ctx.locale].letters[action.template ?? '']?.title ?? action.template ?? ''
