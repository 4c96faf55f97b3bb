import type { SummarySection } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { descriptionList, hiddenField } from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'

/** What the page says above itself, and what was typed into forms that could not be accepted. */
export interface CasePageState {
  readonly message?: Html
  /** Form → what was typed. */
  readonly typed?: Readonly<Record<string, string>>
  /** Field → what is wrong. */
  readonly errors?: Readonly<Record<string, string>>
}

export const casePath = (number: string, more = ''): string => `/workbench/vorgaenge/${number}${more}`

/** Text that somebody typed, with its line breaks. */
export const lines = (text: string): Html =>
  html`${text.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph.split('\n').map((line, i) => (i ? html`<br>${line}` : line))}</p>`)}`

/** What every form of the case page carries: the revision that the clerk saw, and a key so that it counts once. */
export const seenFields = ({ kase, formKey }: { kase: { revision: number }; formKey: string }): Html =>
  html`${hiddenField('revision', String(kase.revision))}${hiddenField('key', formKey)}`

/** What was answered, page by page of the form. */
export const answerSections = (ctx: Ctx, summary: readonly SummarySection[]): Html[] =>
  summary.map(
    ({ title, entries }) =>
      html`<h3 class="kern-heading-small">${title}</h3>
        ${descriptionList(
          ctx,
          entries.map(({ label, value }) => ({ label, value })),
        )}`,
  )
