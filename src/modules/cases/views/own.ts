import { isOutstanding, paymentStateText, type Payment } from '#modules/payments/public.ts'
import type { Unit } from '#modules/accounts/public.ts'
import type { ServiceDefinition, SummarySection, Transition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  badge,
  button,
  buttonGroup,
  columns,
  confirmPanel,
  descriptionList,
  details,
  errorSummary,
  factBox,
  fileField,
  fileSize,
  icon,
  link,
  linkButton,
  list,
  pageHeading,
  section,
  stack,
  textareaField,
  timeline,
  copyable,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href, layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime, formatMoney } from '#platform/i18n/format.ts'
import { filledIn } from '../domain/field-words.ts'
import type { CaseLink } from '../extension.ts'
import type { FieldProblem } from '../domain/workflow.ts'
import type { CaseDocument } from '../store/documents.ts'
import type { Message } from '../store/messages.ts'
import type { Case } from '../store/rows.ts'
import type { TimelineRow } from '../store/timeline.ts'
import { texts } from '../texts/index.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { lines } from './case-page.ts'
import { fieldOf } from './decide.ts'
import { untilWhen, waitsFor } from './mine.ts'
import { isForApplicants, timelineEntry } from './timeline.ts'
import type { ServiceWords } from './words.ts'

/** Kinds and sizes of what can be handed in later. */
export const HAND_IN = {
  kinds: ['application/pdf', 'image/jpeg', 'image/png'],
  maxBytes: 10_000_000,
  maxFiles: 10,
} as const

export interface OwnModel {
  readonly kase: Case
  readonly definition: ServiceDefinition
  readonly words: ServiceWords
  readonly unit: Unit | null
  readonly clerk: string | null
  readonly summary: readonly SummarySection[]
  readonly documents: readonly CaseDocument[]
  readonly messages: readonly Message[]
  readonly payments: readonly Payment[]
  readonly timeline: readonly TimelineRow[]
  /** What came of it: a permit, for example. */
  readonly results: readonly CaseLink[]
  /** What the applicant can do: withdraw and the like. */
  readonly offered: readonly Transition[]
  readonly nameOf: (accountId: string) => string | null
  /** `/meine-antraege/NUMBER` or `/stand/NUMBER`. */
  readonly base: string
  /** Of the form for a message: sent twice, it is one message. */
  readonly messageKey: string
}

export interface OwnPageState {
  readonly message?: Html
  readonly typed?: Readonly<Record<string, string>>
  readonly errors?: Readonly<Record<string, string>>
}

/** One's own application: how it stands in plain words, what happens next and until when, and what one can do. */
export function ownView(ctx: Ctx, model: OwnModel, state: OwnPageState = {}): Html {
  const t = texts(ctx)
  const { kase, words } = model
  const isMine = model.base.startsWith('/meine-antraege')
  const { errors = {} } = state
  return layout(ctx, {
    title: `${words.title}: ${kase.number}`,
    noIndex: true,
    hasErrors: Object.keys(errors).length > 0,
    ...(isMine ? { area: 'account' as const } : {}),
    main: html`
      ${isMine ? backLink(ctx, href(ctx, '/meine-antraege'), t.mine.title) : nothing} ${errorSummary(ctx, errors)}
      ${state.message ?? nothing}
      ${pageHeading({ preline: t.mine.applied(formatDate(ctx, kase.openedAt)), title: words.title })}
      ${columns(mainColumn(ctx, model, state), aside(ctx, model, isMine), { label: t.own.contact })}
    `,
  })
}

function mainColumn(ctx: Ctx, model: OwnModel, state: OwnPageState): Html {
  const t = texts(ctx)
  const { kase } = model
  const letters = model.documents.filter(({ kind }) => kind === 'letter')
  const handedIn = model.documents.filter(({ kind }) => kind !== 'letter')
  const words = {
    words: model.words,
    nameOf: model.nameOf,
    unitName: (id: string) => id,
    filledIn: filledIn(model.definition, ctx.locale),
  }
  const history = model.timeline.filter(isForApplicants).map((row) => {
    const { who: _who, ...entry } = timelineEntry(ctx, row, words)
    return entry
  })
  return html`
    ${now(ctx, model)} ${results(ctx, model)} ${toPay(ctx, model)} ${kase.erasedAt ? nothing : missing(ctx, model, state)}
    ${letters.length > 0 ? section({ title: t.own.letters, id: 'briefe' }, documentList(ctx, model, letters)) : nothing}
    ${kase.erasedAt ? nothing : conversation(ctx, model, state)}
    ${handedIn.length > 0 ? section({ title: t.own.documents, id: 'unterlagen' }, documentList(ctx, model, handedIn)) : nothing}
    ${model.summary.length > 0 ? details({ summary: t.own.answers }, answers(ctx, model)) : nothing}
    ${section({ title: t.own.history, id: 'verlauf' }, timeline(ctx, history))}
  `
}

function now(ctx: Ctx, model: OwnModel): Html {
  const t = texts(ctx).own
  const { kase, words, definition } = model
  const waits = waitsFor(definition, kase.state)
  const until = kase.dueOn && untilWhen(ctx, kase.dueOn, waits)
  const next = words.next(kase.state)
  return factBox([
    { label: t.now, value: html`<strong>${words.state(kase.state)}</strong>` },
    ...(next || until
      ? [
          {
            label: t.next,
            value: html`${next}${until ? html`<br>${until}` : nothing}`,
          },
        ]
      : []),
  ])
}

function results(ctx: Ctx, model: OwnModel): Html {
  return model.results.length === 0
    ? nothing
    : buttonGroup(
        ...model.results.map(({ label, path }) => linkButton({ label, kind: 'primary', href: href(ctx, path) })),
      )
}

function toPay(ctx: Ctx, model: OwnModel): Html {
  if (model.payments.length === 0) return nothing
  const t = texts(ctx).own
  return section(
    { title: t.payments, id: 'zahlung' },
    model.payments.map((payment) =>
      isOutstanding(payment.state)
        ? html`<p class="kern-body">${t.payBy(formatMoney(ctx, payment.cents), formatDate(ctx, payment.dueOn))}</p>
            ${linkButton({ label: t.pay, kind: 'primary', href: href(ctx, `${model.base}/zahlungen/${payment.id}`) })}`
        : html`<p class="kern-body">${formatMoney(ctx, payment.cents)} ${badge({ kind: 'neutral', label: paymentStateText(payment.state)[ctx.locale] })}</p>`,
    ),
  )
}

function missing(ctx: Ctx, model: OwnModel, { errors = {} }: OwnPageState): Html {
  const t = texts(ctx).own
  const { kase } = model
  const isAwaited = kase.missing !== null || waitsFor(model.definition, kase.state) === 'applicant'
  if (kase.closedAt && !isAwaited) return nothing
  const upload = html`<form class="rh-form" method="post" enctype="multipart/form-data" action="${href(ctx, `${model.base}/unterlagen`)}" novalidate>
    ${fileField(ctx, {
      name: 'files',
      label: t.handIn,
      hint: t.handInHint,
      accept: HAND_IN.kinds,
      kinds: t.kinds,
      maxBytes: HAND_IN.maxBytes,
      multiple: true,
      error: errors['files'],
    })}
    ${button({ label: t.upload, kind: isAwaited ? 'primary' : 'secondary' })}
  </form>`
  if (!isAwaited) return details({ summary: t.handIn, open: 'files' in errors, id: 'nachreichen' }, upload)
  return section(
    { title: t.missing, id: 'nachreichen' },
    kase.missing
      ? html`<div class="rh-consequence">${icon('warning')}<div class="rh-prose">${lines(kase.missing)}</div></div>`
      : nothing,
    upload,
  )
}

function documentList(ctx: Ctx, model: OwnModel, documents: readonly CaseDocument[]): Html {
  return list(
    documents.map(
      (d) =>
        html`${link(href(ctx, `${model.base}/dokumente/${d.id}`), d.title ?? d.name)} (${fileSize(ctx, d.bytes)}, ${formatDate(ctx, d.createdAt)})`,
    ),
  )
}

function conversation(ctx: Ctx, model: OwnModel, { typed = {}, errors = {} }: OwnPageState): Html {
  const t = texts(ctx).own
  return section(
    { title: t.messages, id: 'nachrichten' },
    model.messages.length === 0
      ? html`<p class="kern-body">${t.noMessages}</p>`
      : html`<ol class="rh-messages">
          ${model.messages.map(
            (message) => html`<li class="rh-message rh-message--${message.direction === 'in' ? 'out' : 'in'}">
              <p class="rh-message__head">${message.direction === 'in' ? t.you : (model.unit?.name[ctx.locale] ?? ctx.tenant.name)}, ${formatDateTime(ctx, message.createdAt)}</p>
              <div class="rh-prose">${lines(message.body)}</div>
            </li>`,
          )}
        </ol>`,
    html`<form class="rh-form" method="post" action="${href(ctx, `${model.base}/nachrichten`)}" novalidate>
      <input type="hidden" name="key" value="${model.messageKey}">
      ${textareaField(ctx, {
        name: 'message',
        label: t.write,
        value: typed['message'],
        error: errors['message'],
        rows: 4,
        maxLength: LONGEST_TEXT,
      })}
      ${button({ label: t.send, kind: 'secondary' })}
    </form>`,
  )
}

function answers(ctx: Ctx, { summary }: OwnModel): Html {
  return html`${summary.map(
    ({ title, entries }) =>
      html`<h3 class="kern-heading-small">${title}</h3>
        ${descriptionList(
          ctx,
          entries.map(({ label, value }) => ({ label, value })),
        )}`,
  )}`
}

/** Trust: the number, and who takes care of it with a telephone. */
function aside(ctx: Ctx, model: OwnModel, isMine: boolean): Html {
  const t = texts(ctx)
  const { kase, unit } = model
  return stack(
    html`<h2 class="kern-heading-small">${t.own.number}</h2>`,
    copyable(ctx, kase.number, { label: t.own.number }),
    html`<h2 class="kern-heading-small">${t.own.contact}</h2>`,
    descriptionList(
      ctx,
      [
        { label: t.columns.unit, value: unit?.name[ctx.locale] ?? ctx.tenant.name },
        ...(model.clerk ? [{ label: t.own.clerk, value: model.clerk }] : []),
        ...(unit?.telephone
          ? [{ label: t.own.telephone, value: link(`tel:${unit.telephone.replaceAll(/[^+\d]/g, '')}`, unit.telephone) }]
          : []),
        ...(unit?.email ? [{ label: t.own.email, value: link(`mailto:${unit.email}`, unit.email) }] : []),
      ],
      { compact: true },
    ),
    model.offered.length > 0
      ? html`<h2 class="kern-heading-small">${t.own.otherSteps}</h2>
          ${model.offered.map((transition) =>
            linkButton({
              label: isWithdrawal(model, transition) ? t.own.withdraw : model.words.label(transition.name),
              kind: 'secondary',
              href: href(ctx, `${model.base}/${stepPath(model, transition)}`),
            }),
          )}`
      : nothing,
    isMine
      ? nothing
      : html`<form class="rh-button-form" method="post" action="${href(ctx, '/stand/abmeldung')}">
          ${button({ label: t.status.leave, kind: 'tertiary', icon: 'logout' })}
        </form>`,
  )
}

export const isWithdrawal = ({ definition }: Pick<OwnModel, 'definition'>, transition: Transition): boolean =>
  definition.workflow.states.some(({ name, outcome }) => name === transition.to && outcome === 'withdrawn')

/** Withdrawing an application creates its withdrawal; other steps go by their names. */
export const stepPath = (model: Pick<OwnModel, 'definition'>, transition: Transition): string =>
  isWithdrawal(model, transition) ? 'ruecknahme' : `schritte/${transition.name}`

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
