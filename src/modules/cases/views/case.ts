import { showTelephone } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  badge,
  button,
  buttonForm,
  columns,
  descriptionList,
  details,
  link,
  linkButton,
  notice,
  pageHeading,
  section,
  selectField,
  stack,
  textField,
  timeline,
  telephoneHref,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatShortDate } from '#platform/i18n/format.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import { workingDaysLeft } from '../domain/deadline.ts'
import { filledIn } from '../domain/field-words.ts'
import type { CaseModel } from '../routes/load-case.ts'
import { texts } from '../texts/index.ts'
import {
  answers,
  decisions,
  documents,
  findings,
  letters,
  messages,
  notes,
  payments,
  statements,
} from './case-parts.ts'
import { casePath, lines, seenFields, type CasePageState } from './case-page.ts'
import { timelineEntry } from './timeline.ts'
import { waiting } from './waiting.ts'

/** Who, what, since when, until when, what is missing, what can I do: on one screen. */
export function caseView(ctx: Ctx, model: CaseModel, state: CasePageState = {}): Html {
  const t = texts(ctx)
  const { kase, words } = model
  return layout(ctx, {
    title: `${kase.number} ${words.title}`,
    hasErrors: Object.keys(state.errors ?? {}).length > 0,
    scripts: ['cases-undo.js'],
    styles: ['cases-case.css'],
    breadcrumbs: [{ label: t.inbox.title, href: href(ctx, '/workbench') }, { label: kase.number }],
    main: html`
      ${state.message ?? nothing} ${waiting(ctx, model)}
      ${pageHeading({
        preline: kase.number,
        title: words.title,
        badge: kase.closedAt
          ? badge({ kind: 'neutral', label: outcomeText(t.kase.outcomes, kase.outcome) })
          : badge({ kind: 'info', label: words.stage(kase.state) }),
      })}
      ${columns(mainColumn(ctx, model, state), aside(ctx, model, state), { label: t.kase.nextSteps })}
    `,
  })
}

export const outcomeText = (outcomes: Readonly<Record<string, string>>, outcome: string | null): string =>
  outcome === null ? '' : (outcomes[outcome] ?? outcome)

function mainColumn(ctx: Ctx, model: CaseModel, state: CasePageState): Html {
  const t = texts(ctx).kase
  const unitNames = new Map(model.units.map(({ value, label }) => [value, label]))
  const entries = model.timeline.map((row) =>
    timelineEntry(ctx, row, {
      words: model.words,
      nameOf: model.nameOf,
      filledIn: filledIn(model.definition, ctx.locale),
      unitName: (id) => unitNames.get(id) ?? (id === model.kase.unit ? (model.unit?.name[ctx.locale] ?? id) : id),
    }),
  )
  return html`
    ${model.kase.erasedAt ? notice(t.erased) : nothing} ${facts(ctx, model)} ${needs(ctx, model)}
    ${model.kase.erasedAt ? nothing : answers(ctx, model)} ${findings(ctx, model)} ${documents(ctx, model)}
    ${decisions(ctx, model)} ${payments(ctx, model)} ${messages(ctx, model, state)} ${notes(ctx, model, state)}
    ${statements(ctx, model, state)} ${section({ title: t.timeline, id: 'verlauf' }, timeline(ctx, entries))}
  `
}

function facts(ctx: Ctx, model: CaseModel): Html {
  const t = texts(ctx).kase
  const { kase } = model
  const { applicant } = kase
  const contact = [
    applicant.email && link(`mailto:${applicant.email}`, applicant.email),
    applicant.telephone && link(telephoneHref(applicant.telephone), showTelephone(applicant.telephone)),
  ].filter(Boolean)
  return html`<div class="cases-facts">
    ${descriptionList(ctx, [
      {
        label: t.applicant,
        value: html`<strong>${applicant.name}</strong>${contact.map((way) => html`<br>${way}`)}<br>${applicant.accountId ? t.withAccount : t.withoutAccount}, ${t.languages[applicant.locale]}`,
      },
      { label: t.opened, value: `${formatDate(ctx, kase.openedAt)}, ${t.channels[kase.channel]}` },
      { label: t.state, value: `${model.words.stage(kase.state)} (${t.since(formatShortDate(ctx, kase.enteredAt))})` },
      { label: t.due, value: deadline(ctx, model) },
      { label: t.followUp, value: kase.followUpOn ? formatDate(ctx, kase.followUpOn) : t.none },
      { label: t.assignee, value: assigneeName(ctx, model) },
      { label: t.unit, value: model.unit?.name[ctx.locale] ?? kase.unit },
      ...(model.results.length > 0
        ? [
            {
              label: t.results,
              value: html`${model.results.map((one) => html`<div>${link(href(ctx, one.path), one.label)}</div>`)}`,
            },
          ]
        : []),
    ])}
  </div>`
}

function assigneeName(ctx: Ctx, { kase, nameOf }: CaseModel): string {
  const t = texts(ctx)
  if (kase.assignee === null) return t.kase.nobody
  const name = nameOf(kase.assignee) ?? t.timeline.unknown
  return kase.assignee === ctx.account?.id ? `${name} (${t.kase.you})` : name
}

function deadline(ctx: Ctx, { kase }: CaseModel): Html | string {
  const t = texts(ctx).kase
  if (kase.closedAt) return t.closedSince(formatDate(ctx, cityDate(kase.closedAt)))
  if (!kase.dueOn) return t.noDue
  const left = workingDaysLeft(today(ctx.clock), kase.dueOn)
  const isOver = Temporal.PlainDate.compare(kase.dueOn, today(ctx.clock)) < 0
  return html`${formatDate(ctx, kase.dueOn)}
  ${isOver ? badge({ kind: 'danger', label: t.daysOver(Math.max(1, -left)), small: true }) : badge({ kind: left <= 2 ? 'warning' : 'neutral', label: t.daysLeft(left), small: true })}`
}

/** Why it is here and what stands in the way, said before everything else. */
function needs(ctx: Ctx, { kase, words, mayWork }: CaseModel): Html {
  const t = texts(ctx).kase
  const reason = kase.reason === null ? null : words.reason(kase.reason)
  return html`
    ${
      kase.newsAt
        ? alert(ctx, {
            kind: 'info',
            title: t.news,
            body: mayWork
              ? buttonForm({ label: t.seen, kind: 'tertiary', action: href(ctx, casePath(kase.number, '/sichtung')) })
              : undefined,
          })
        : nothing
    }
    ${reason ? alert(ctx, { kind: 'warning', title: t.reason, body: reason }) : nothing}
    ${kase.missing ? alert(ctx, { kind: 'warning', title: t.missing, body: lines(kase.missing) }) : nothing}
  `
}

function aside(ctx: Ctx, model: CaseModel, state: CasePageState): Html {
  const t = texts(ctx).kase
  const { kase } = model
  const steps = model.pending ? [] : model.offered
  // What could not be sent because something else is on its way must still be there.
  const isTyped = Object.keys(state.typed ?? {}).length > 0
  return stack(
    html`<h2 class="kern-heading-medium">${t.nextSteps}</h2>`,
    steps.length === 0 && !kase.closedAt
      ? html`<p class="kern-body">${model.pending ? t.waits : t.nothingToDo}</p>`
      : nothing,
    steps.map(
      (transition, index) =>
        html`<div>${linkButton({
          label: model.words.label(transition.name),
          kind: index === 0 ? 'primary' : 'secondary',
          href: href(ctx, casePath(kase.number, `/schritte/${transition.name}`)),
          data: index < 9 ? { key: String(index + 1) } : {},
        })}</div>`,
    ),
    model.mayWork
      ? model.steps.map(
          ({ label, path }) => html`<div>${linkButton({ label, kind: 'secondary', href: href(ctx, path) })}</div>`,
        )
      : nothing,
    model.mayWork && !kase.closedAt && (!model.pending || isTyped) ? handling(ctx, model, state) : nothing,
    model.mayWork && !kase.erasedAt && (!model.pending || isTyped) ? letters(ctx, model, state) : nothing,
    model.mayWork && !kase.erasedAt && kase.applicant.accountId === null ? newCode(ctx, model) : nothing,
  )
}

/** Take, hand over, follow-up: each a form that knows which revision it was shown with. */
function handling(ctx: Ctx, model: CaseModel, { typed = {}, errors = {} }: CasePageState): Html {
  const t = texts(ctx).kase
  const { kase } = model
  const hidden = seenFields(model)
  const isMine = kase.assignee === ctx.account?.id
  return html`
    ${
      isMine
        ? nothing
        : html`<form class="rh-button-form" method="post" action="${href(ctx, casePath(kase.number, '/uebernahme'))}">
          ${hidden}${button({ label: t.take, kind: 'secondary', data: { key: 't' } })}
        </form>`
    }
    ${isMine || kase.assignee === null || model.mayAssign ? handingOver(ctx, model, { typed, errors }) : nothing}
    ${details(
      { summary: t.followUp, open: 'on' in errors || 'on' in typed },
      html`<form class="rh-form" method="post" action="${href(ctx, casePath(kase.number, '/wiedervorlage'))}" novalidate>
        ${hidden}
        ${textField(ctx, {
          name: 'on',
          label: texts(ctx).bulk.followUpOn,
          hint: html`${texts(ctx).decide.dateHint}. ${t.followUpHint}.`,
          value: typed['on'] ?? (kase.followUpOn ? formatShortDate(ctx, kase.followUpOn) : ''),
          error: errors['on'],
          width: 10,
          optional: true,
        })}
        ${button({ label: t.setFollowUp, kind: 'secondary' })}
      </form>`,
    )}
  `
}

/** One's own case or one that nobody has; those of others by whoever may assign. */
function handingOver(ctx: Ctx, model: CaseModel, { typed = {}, errors = {} }: CasePageState): Html {
  const t = texts(ctx).kase
  const { kase } = model
  return details(
    { summary: t.handOver, open: 'to' in errors || 'to' in typed },
    html`<form class="rh-form" method="post" action="${href(ctx, casePath(kase.number, '/uebergabe'))}" novalidate>
        ${seenFields(model)}
        ${selectField(ctx, {
          name: 'to',
          label: t.handOverTo,
          value: typed['to'] ?? '',
          error: errors['to'],
          choices: [{ value: 'nobody', label: texts(ctx).bulk.toNobody }, ...model.colleagues],
        })}
        ${
          model.mayAssign
            ? selectField(ctx, {
                name: 'unit',
                label: t.otherUnit,
                hint: t.otherUnitHint,
                value: typed['unit'] ?? '',
                choices: model.units,
                optional: true,
              })
            : nothing
        }
        ${button({ label: t.handOver, kind: 'secondary' })}
      </form>`,
  )
}

function newCode(ctx: Ctx, { kase }: CaseModel): Html {
  const t = texts(ctx).kase
  return details(
    { summary: t.code },
    html`<p class="kern-body">${t.codeHint}</p>
      ${buttonForm({ label: t.code, kind: 'secondary', action: href(ctx, casePath(kase.number, '/zugangscode')), fields: { revision: String(kase.revision) } })}`,
  )
}
