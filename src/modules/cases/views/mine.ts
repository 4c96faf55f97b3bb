import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  badge,
  card,
  cardGrid,
  emptyState,
  link,
  linkButton,
  notice,
  pageHeading,
  section,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { stateOf } from '../domain/workflow.ts'
import type { OwnRow } from '../store/mine.ts'
import { texts } from '../texts/index.ts'
import type { ServiceWords } from './words.ts'

export interface MineModel {
  readonly rows: readonly OwnRow[]
  readonly words: (row: OwnRow) => ServiceWords
  readonly definition: (row: OwnRow) => ServiceDefinition | null
}

/** "Meine Anträge": how each of them stands, and what the person has to do. */
export function mineView(ctx: Ctx, model: MineModel): Html {
  const t = texts(ctx).mine
  const open = model.rows.filter(({ closedAt }) => closedAt === null)
  const closed = model.rows.filter(({ closedAt }) => closedAt !== null)
  return layout(ctx, {
    title: t.title,
    area: 'account',
    main: html`
      ${pageHeading({ title: t.title })}
      ${
        model.rows.length === 0
          ? emptyState({
              title: t.empty,
              body: t.emptyBody,
              action: linkButton({ label: t.toServices, kind: 'primary', href: href(ctx, '/leistungen') }),
            })
          : nothing
      }
      ${open.length > 0 ? section({ title: t.open }, cardGrid(open.map((row) => caseCard(ctx, model, row)))) : nothing}
      ${closed.length > 0 ? section({ title: t.closed }, cardGrid(closed.map((row) => caseCard(ctx, model, row)))) : nothing}
      ${notice(html`${t.byNumber} ${link(href(ctx, '/stand'), t.byNumberLink)}`)}
    `,
  })
}

function caseCard(ctx: Ctx, model: MineModel, row: OwnRow): Html {
  const t = texts(ctx)
  const words = model.words(row)
  const waits = waitsFor(model.definition(row), row.state)
  return card({
    title: words.title,
    preline: row.number,
    href: href(ctx, `/meine-antraege/${row.number}`),
    body: html`<p><strong>${words.state(row.state)}</strong></p>
      ${row.dueOn ? html`<p>${untilWhen(ctx, row.dueOn, waits)}</p>` : nothing}
      <p class="kern-body--muted">${t.mine.applied(formatDate(ctx, row.openedAt))}</p>`,
    footer:
      row.unread > 0 || row.missing || waits === 'payment'
        ? html`${row.unread > 0 ? badge({ kind: 'info', label: t.mine.unread }) : nothing} ${row.missing ? badge({ kind: 'warning', label: t.mine.missing }) : nothing} ${waits === 'payment' ? badge({ kind: 'warning', label: t.mine.toPay }) : nothing}`
        : undefined,
  })
}

/** Until when, and by whom; where that day has passed, that is said instead of promised. */
export function untilWhen(ctx: Ctx, dueOn: Temporal.PlainDate, waits: ReturnType<typeof waitsFor>): string {
  const t = texts(ctx).own
  const date = formatDate(ctx, dueOn)
  const isTheirs = waits === 'applicant' || waits === 'payment'
  if (Temporal.PlainDate.compare(dueOn, today(ctx.clock)) < 0) return isTheirs ? t.lateYou(date) : t.late(date)
  return isTheirs ? t.untilYou(date) : t.until(date)
}

/** Whom the case waits for in this state. */
export function waitsFor(
  definition: ServiceDefinition | null,
  state: string,
): 'applicant' | 'payment' | 'partner' | null {
  const known = definition?.workflow.states.some(({ name }) => name === state)
  return definition && known ? (stateOf(definition, state).waitsFor ?? null) : null
}
