import { isOutstanding, paymentStateText } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  badge,
  buttonGroup,
  columns,
  details,
  errorSummary,
  factBox,
  linkButton,
  pageHeading,
  section,
  timeline,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatMoney } from '#platform/i18n/format.ts'
import { filledIn } from '../../domain/field-words.ts'
import { texts } from '../../texts/index.ts'
import { answerSections } from '../case-page.ts'
import { untilWhen, waitsFor } from '../mine.ts'
import { isForApplicants, timelineEntry } from '../timeline.ts'
import { aside } from './aside.ts'
import { conversation } from './conversation.ts'
import { documentList, missing } from './documents.ts'
import type { OwnModel, OwnPageState } from './model.ts'

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
    ${model.summary.length > 0 ? details({ summary: t.own.answers }, answerSections(ctx, model.summary)) : nothing}
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
