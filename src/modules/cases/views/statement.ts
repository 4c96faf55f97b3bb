import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  pageHeading,
  section,
  textareaField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href, layout } from '#platform/html/layout.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { Statement } from '../store/statements.ts'
import { texts } from '../texts/index.ts'
import { lastDayOfStatement } from '../use-cases/statements.ts'
import { LONGEST_TEXT } from '../use-cases/work.ts'
import { lines } from './case-page.ts'

/** What another organisation sees of a case: its number and the question. */
export function statementView(
  ctx: Ctx,
  statement: Statement & { caseNumber: string },
  state: { token: string; error?: string; typed?: string; message?: Html },
): Html {
  const t = texts(ctx).statement
  return layout(ctx, {
    title: t.title(statement.organisation),
    noIndex: true,
    hasErrors: state.error !== undefined,
    main: html`
      ${errorSummary(ctx, state.error ? { answer: state.error } : {})} ${state.message ?? nothing}
      ${pageHeading({
        title: t.title(statement.organisation),
        lead: `${t.lead(statement.caseNumber, ctx.tenant.name)} ${t.until(formatDate(ctx, lastDayOfStatement(statement.expiresAt)))}.`,
      })}
      ${section({ title: t.question }, html`<div class="rh-prose">${lines(statement.question)}</div>`)}
      ${
        statement.answeredAt
          ? alert(ctx, { kind: 'success', title: t.answered })
          : form(
              { action: href(ctx, `/stellungnahme/${state.token}`) },
              textareaField(ctx, {
                name: 'answer',
                label: t.answer,
                value: state.typed,
                error: state.error,
                rows: 10,
                maxLength: LONGEST_TEXT,
              }),
              button({ label: t.send }),
            )
      }
    `,
  })
}

export function statementGoneView(ctx: Ctx): Html {
  const t = texts(ctx).statement
  return layout(ctx, {
    title: t.gone,
    noIndex: true,
    main: pageHeading({ title: t.gone, lead: t.goneBody }),
  })
}
