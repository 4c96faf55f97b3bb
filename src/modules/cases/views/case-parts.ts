import { isOutstanding, paymentStateText } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  badge,
  button,
  descriptionList,
  details,
  emailField,
  fileSize,
  hiddenField,
  link,
  section,
  selectField,
  table,
  textareaField,
  textField,
  type Tone,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { formatDate, formatDateTime, formatMoney, formatShortDate } from '#platform/i18n/format.ts'
import type { StoredFinding } from '../domain/case.ts'
import { fieldsInWords } from '../domain/field-words.ts'
import { freeLetters, GENERAL_LETTER } from '../domain/letters.ts'
import type { CaseModel } from '../routes/load-case.ts'
import { texts } from '../texts/index.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { answerSections, casePath, lines, seenFields, type CasePageState } from './case-page.ts'

export function answers(ctx: Ctx, { summary }: CaseModel): Html {
  return section({ title: texts(ctx).kase.answers, id: 'angaben' }, answerSections(ctx, summary))
}

const TONES: Readonly<Record<StoredFinding['outcome'], Tone>> = {
  ok: 'success',
  no: 'danger',
  unclear: 'warning',
  unavailable: 'warning',
}

export function findings(ctx: Ctx, { kase }: CaseModel): Html {
  const t = texts(ctx).kase
  const all = Object.values(kase.findings)
  return section(
    { title: t.findings, id: 'pruefungen' },
    all.length === 0
      ? html`<p class="kern-body">${t.noFindings}</p>`
      : html`<ul class="kern-list rh-list rh-list--plain">
          ${all.map(
            (finding) =>
              html`<li>${badge({ kind: TONES[finding.outcome], label: t.outcome[finding.outcome], small: true })} ${finding.message[ctx.locale]}
                <small>(${formatDateTime(ctx, Temporal.Instant.from(finding.at))})</small></li>`,
          )}
        </ul>`,
  )
}

export function documents(ctx: Ctx, { kase, documents: rows }: CaseModel): Html {
  const t = texts(ctx).kase
  return section(
    { title: t.documents, id: 'dokumente' },
    table(ctx, {
      caption: t.documents,
      captionHidden: true,
      rows,
      empty: html`<p class="kern-body">${t.noDocuments}</p>`,
      columns: [
        {
          key: 'name',
          title: t.documentName,
          cell: (row) => link(href(ctx, casePath(kase.number, `/dokumente/${row.id}`)), row.title ?? row.name),
        },
        { key: 'kind', title: t.documentKind, cell: (row) => t.documentKinds[row.kind] },
        { key: 'date', title: t.documentDate, nowrap: true, cell: (row) => formatShortDate(ctx, row.createdAt) },
        { key: 'size', title: t.documentSize, nowrap: true, numeric: true, cell: (row) => fileSize(ctx, row.bytes) },
      ],
    }),
  )
}

export function decisions(ctx: Ctx, { decisions: rows, words, definition, nameOf }: CaseModel): Html {
  if (rows.length === 0) return nothing
  const t = texts(ctx)
  return section(
    { title: t.kase.decisions, id: 'entscheidungen' },
    rows.map((decision) => {
      const who = decision.author === null ? t.timeline.system : (nameOf(decision.author) ?? t.timeline.unknown)
      return html`<h3 class="kern-heading-small">${words.label(decision.transition)}</h3>
        <p class="kern-body"><small>${who}, ${formatDateTime(ctx, decision.decidedAt)}</small></p>
        ${descriptionList(
          ctx,
          fieldsInWords(definition, decision.transition, decision.input, ctx.locale).map(({ label, value }) => ({
            label,
            value: lines(value),
          })),
        )}`
    }),
  )
}

export function payments(ctx: Ctx, { payments: rows }: CaseModel): Html {
  if (rows.length === 0) return nothing
  return section(
    { title: texts(ctx).kase.payments, id: 'zahlungen' },
    html`<ul class="kern-list rh-list rh-list--plain">
      ${rows.map(
        (payment) =>
          html`<li>${formatMoney(ctx, payment.cents)} · ${formatDate(ctx, payment.dueOn)} ${badge({ kind: isOutstanding(payment.state) ? 'warning' : 'neutral', label: paymentStateText(payment.state)[ctx.locale], small: true })} <small>${payment.reference}</small></li>`,
      )}
    </ul>`,
  )
}

export function messages(ctx: Ctx, model: CaseModel, { typed = {}, errors = {} }: CasePageState): Html {
  const t = texts(ctx)
  const { kase } = model
  return section(
    { title: t.kase.messages, id: 'nachrichten' },
    model.messages.length === 0
      ? html`<p class="kern-body">${t.kase.noMessages}</p>`
      : html`<ol class="rh-messages">
          ${model.messages.map(
            (message) => html`<li class="rh-message rh-message--${message.direction}">
              <p class="rh-message__head">
                ${message.direction === 'in' ? t.kase.fromApplicant : message.author ? (model.nameOf(message.author) ?? t.timeline.unknown) : t.timeline.system},
                ${formatDateTime(ctx, message.createdAt)}${message.direction === 'out' ? html` · ${message.readAt ? t.kase.readAt(formatDateTime(ctx, message.readAt)) : t.kase.unread}` : nothing}
              </p>
              <div class="rh-prose">${lines(message.body)}</div>
            </li>`,
          )}
        </ol>`,
    model.mayWork && !kase.erasedAt
      ? html`<form class="rh-form" method="post" action="${href(ctx, casePath(kase.number, '/nachrichten'))}" novalidate>
          ${seenFields(model)}
          ${textareaField(ctx, {
            name: 'message',
            label: t.kase.message,
            hint: t.kase.messageHint,
            value: typed['message'],
            error: errors['message'],
            rows: 4,
            maxLength: LONGEST_TEXT,
            key: 'm',
          })}
          ${button({ label: t.kase.send, kind: 'secondary' })}
        </form>`
      : nothing,
  )
}

export function notes(ctx: Ctx, model: CaseModel, { typed = {}, errors = {} }: CasePageState): Html {
  const t = texts(ctx)
  const { kase } = model
  return section(
    { title: t.kase.notes, id: 'notizen' },
    model.notes.length === 0
      ? html`<p class="kern-body">${t.kase.noNotes}</p>`
      : html`<ol class="rh-messages">
          ${model.notes.map(
            (note) => html`<li class="rh-message">
              <p class="rh-message__head">${model.nameOf(note.author) ?? t.timeline.unknown}, ${formatDateTime(ctx, note.createdAt)}</p>
              <div class="rh-prose">${lines(note.body)}</div>
            </li>`,
          )}
        </ol>`,
    model.mayWork && !kase.erasedAt
      ? html`<form class="rh-form" method="post" action="${href(ctx, casePath(kase.number, '/notizen'))}" novalidate>
          ${seenFields(model)}
          ${textareaField(ctx, {
            name: 'note',
            label: t.kase.note,
            hint: t.kase.noteHint,
            value: typed['note'],
            error: errors['note'],
            rows: 3,
            maxLength: LONGEST_TEXT,
            key: 'n',
          })}
          ${button({ label: t.kase.addNote, kind: 'secondary' })}
        </form>`
      : nothing,
  )
}

/** Letters outside of decisions, with a look at them first. */
export function letters(ctx: Ctx, model: CaseModel, { typed = {}, errors = {} }: CasePageState): Html {
  const { kase, definition } = model
  const t = texts(ctx).kase
  const templates = freeLetters(definition)
  const choices = [
    { value: GENERAL_LETTER, label: t.letterGeneral },
    ...templates.map(({ name }) => ({ value: name, label: definition.texts[ctx.locale].letters[name]?.title ?? name })),
  ]
  const names = ['template', 'subject', 'letter']
  return details(
    { summary: t.letters, open: names.some((name) => name in errors || name in typed) },
    html`<form class="rh-form" method="post" action="${href(ctx, casePath(kase.number, '/briefe'))}" novalidate>
      ${seenFields(model)}
      <p class="kern-body">${t.letterHint}</p>
      ${
        choices.length === 1
          ? hiddenField('template', GENERAL_LETTER)
          : selectField(ctx, {
              name: 'template',
              label: t.letterTemplate,
              choices,
              error: errors['template'],
              value: typed['template'] ?? GENERAL_LETTER,
            })
      }
      ${textField(ctx, { name: 'subject', label: t.letterSubject, value: typed['subject'], error: errors['subject'], maxLength: 200, optional: choices.length > 1, hint: choices.length > 1 ? t.letterSubjectHint : undefined })}
      ${textareaField(ctx, { name: 'letter', label: t.letterText, hint: t.letterTextHint, value: typed['letter'], error: errors['letter'], rows: 8, maxLength: LONGEST_TEXT })}
      <div class="rh-buttons">
        ${button({ label: t.letterMake, kind: 'secondary' })}
        ${button({ label: t.letterPreview, kind: 'tertiary', formaction: href(ctx, casePath(kase.number, '/briefe/vorschau')), newTab: true })}
      </div>
    </form>`,
  )
}

/** What other organisations were asked and said. */
export function statements(ctx: Ctx, model: CaseModel, { typed = {}, errors = {} }: CasePageState): Html {
  const t = texts(ctx).kase
  const { kase } = model
  const canAsk = model.mayWork && !kase.closedAt
  if (model.statements.length === 0 && !canAsk) return nothing
  return section(
    { title: t.statements, id: 'stellungnahmen' },
    model.statements.length === 0
      ? html`<p class="kern-body">${t.noStatements}</p>`
      : html`<ol class="rh-messages">
          ${model.statements.map(
            (s) => html`<li class="rh-message">
              <p class="rh-message__head"><strong>${s.organisation}</strong>, ${s.answeredAt ? t.answered(formatDateTime(ctx, s.answeredAt)) : t.asked(formatDate(ctx, s.askedAt), formatDate(ctx, s.expiresAt))}</p>
              <div class="rh-prose">${lines(s.question)}${s.answer ? html`<blockquote>${lines(s.answer)}</blockquote>` : nothing}</div>
            </li>`,
          )}
        </ol>`,
    canAsk
      ? details(
          {
            summary: t.askStatement,
            open: ['organisation', 'mail', 'question'].some((name) => name in errors || name in typed),
          },
          html`<form class="rh-form" method="post" action="${href(ctx, casePath(kase.number, '/stellungnahmen'))}" novalidate>
            ${seenFields(model)}
            ${textField(ctx, { name: 'organisation', label: t.organisation, value: typed['organisation'], error: errors['organisation'], width: 30, maxLength: 200 })}
            ${emailField(ctx, { name: 'mail', label: t.organisationMail, value: typed['mail'], error: errors['mail'], autocomplete: 'off' })}
            ${textareaField(ctx, { name: 'question', label: t.question, hint: t.questionHint, value: typed['question'], error: errors['question'], rows: 4, maxLength: LONGEST_TEXT })}
            ${button({ label: t.ask, kind: 'secondary' })}
          </form>`,
        )
      : nothing,
  )
}
