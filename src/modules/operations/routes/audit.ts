import { Type } from '#platform/schema.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { transaction } from '#platform/db/transaction.ts'
import { dayError } from '#platform/html/components/index.ts'
import { htmlPage } from '#platform/http/reply.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { readPeriod } from '#platform/time/day.ts'
import { accountByEmail, accountsByIds } from '#modules/accounts/public.ts'
import { auditEntries, sealState, type AuditFilter } from '#platform/audit/trail.ts'
import { texts } from '../texts/index.ts'
import { auditPage, type TypedFilter } from '../views/audit.ts'
import { AUDIT, AUDIT_READ } from '../views/frame.ts'

const PAGE_SIZE = 50
/** Rows of a CSV file; who needs more narrows the days. */
const MOST_ROWS = 10_000
const LONGEST = 200

const Filter = Type.Object({
  subject: Type.Optional(Type.String({ maxLength: LONGEST })),
  action: Type.Optional(Type.String({ maxLength: LONGEST })),
  actor: Type.Optional(Type.String({ maxLength: LONGEST })),
  from: Type.Optional(Type.String({ maxLength: LONGEST })),
  until: Type.Optional(Type.String({ maxLength: LONGEST })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000 })),
})

export const auditRoutes: readonly Route[] = [
  page({
    path: AUDIT,
    access: staff(AUDIT_READ),
    query: Filter,
    handle: async (ctx, req) => {
      const typed = typedOf(req.query)
      const number = req.query.page ?? 1
      const { filter, errors } = await readFilter(ctx, typed)
      const found = filter
        ? await search(ctx, typed, filter, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE + 1 })
        : []
      const rows = found.slice(0, PAGE_SIZE)
      const view = { typed, errors, rows, names: await namesOf(ctx, rows), seals: await sealState(ctx) }
      return htmlPage(auditPage(ctx, { ...view, page: number, pageSize: PAGE_SIZE, hasNext: found.length > PAGE_SIZE }))
    },
  }),
  page({
    path: `${AUDIT}/eintraege.csv`,
    access: staff(AUDIT_READ),
    query: Filter,
    examples: () => [],
    handle: async (ctx, req) => {
      const t = texts(ctx).audit
      const typed = typedOf(req.query)
      const { filter } = await readFilter(ctx, typed)
      const rows = filter ? await search(ctx, typed, filter, { offset: 0, limit: MOST_ROWS }) : []
      const names = await namesOf(ctx, rows)
      return csvReply(
        'protokoll.csv',
        [t.at, t.actor, t.action, t.subject, t.data],
        rows.map((row) => [
          row.at,
          names.get(row.actor) ?? row.actor,
          row.action,
          row.subject,
          row.data === null ? '' : JSON.stringify(row.data),
        ]),
      )
    },
  }),
]

const typedOf = (query: Partial<Record<keyof TypedFilter, string>>): TypedFilter => ({
  subject: query.subject?.trim() ?? '',
  action: query.action?.trim() ?? '',
  actor: query.actor?.trim() ?? '',
  from: query.from?.trim() ?? '',
  until: query.until?.trim() ?? '',
})

/** The search itself is an entry of the log: who reads what others did is accountable as well. */
function search(ctx: Ctx, typed: TypedFilter, filter: AuditFilter, page: { offset: number; limit: number }) {
  return transaction(ctx, async (ctx) => {
    const rows = await auditEntries(ctx, filter, page)
    await audit(ctx, {
      subject: `audit-log:${ctx.account!.id}`,
      action: 'operations.audit-searched',
      data: { ...typed, actor: filter.actor },
    })
    return rows
  })
}

async function readFilter(
  ctx: Ctx,
  typed: TypedFilter,
): Promise<{ filter: AuditFilter | null; errors: Record<string, string> }> {
  const t = texts(ctx).audit
  const errors: Record<string, string> = {}
  const { from, until } = readPeriod(typed, today(ctx.clock))
  for (const [name, read] of [['from', from] as const, ['until', until] as const]) {
    const words = dayError(ctx, read)
    if (words) errors[name] = words
  }
  const actor = typed.actor.includes('@') ? ((await accountByEmail(ctx, typed.actor))?.id ?? null) : typed.actor
  if (actor === null) errors['actor'] = t.noAccount
  if (from.wrong || until.wrong || actor === null) return { filter: null, errors }
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone: CITY_TIME_ZONE }).toInstant()
  return {
    filter: {
      subject: typed.subject,
      action: typed.action,
      actor,
      from: from.date && start(from.date),
      until: until.date && start(until.date.add({ days: 1 })),
    },
    errors,
  }
}

async function namesOf(ctx: Ctx, rows: readonly { actor: string }[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map((row) => row.actor))].filter((actor) =>
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(actor),
  )
  const accounts = await accountsByIds(ctx, ids)
  return new Map([...accounts.values()].map((account) => [account.id, account.name]))
}
