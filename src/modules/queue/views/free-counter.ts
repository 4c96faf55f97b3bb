import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  errorSummary,
  form,
  hiddenField,
  pageHeading,
  radioField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { Visit } from '../domain/visit.ts'
import type { KeptCounter } from '../store/kept-counters.ts'
import { texts } from '../texts/index.ts'
import { AFTERWARDS } from '../use-cases/keep-counters.ts'
import { counterHref } from './counters.ts'

export interface FreeCounterView {
  readonly counter: KeptCounter & { readonly clerk: string; readonly since: Temporal.Instant }
  /** Who sits there, by name. */
  readonly clerk: string
  /** Who is at the counter or called to it. */
  readonly visit: Visit | null
  readonly errors: Readonly<Record<string, string>>
}

/** `/workbench/aufruf/schalter/:id/freigeben`: asked once more, since somebody may sit there after all. */
export function freeCounterPage(ctx: Ctx, { counter, clerk, visit, errors }: FreeCounterView): Html {
  const t = texts(ctx).counters.free
  const name = counter.name[ctx.locale]
  const path = counterHref(ctx, counter.id)
  return layout(ctx, {
    title: t.title(name),
    hasErrors: Object.keys(errors).length > 0,
    main: html`${backLink(ctx, path, name)} ${errorSummary(ctx, errors)} ${pageHeading({ title: t.title(name) })}
      <p>${t.who(clerk, formatDateTime(ctx, counter.since))}</p>
      <p>${t.what}</p>
      ${form(
        { action: `${path}/freigeben` },
        hiddenField('clerk', counter.clerk),
        visit
          ? radioField(ctx, {
              name: 'besuch',
              label: t.visit(visit.ticket),
              choices: AFTERWARDS.map((value) => ({ value, label: t.visits[value], hint: t.hints[value] })),
              ...(errors['besuch'] === undefined ? {} : { error: errors['besuch'] }),
            })
          : nothing,
        button({ label: t.confirm, kind: 'danger' }),
      )}`,
  })
}
