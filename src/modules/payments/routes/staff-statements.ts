import { buffer } from 'node:stream/consumers'
import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { may } from '#platform/auth/principal.ts'
import { TREASURY } from '../domain/payment.ts'
import { MOST_STATEMENT_BYTES } from '../domain/statement.ts'
import { findStatement, listStatements } from '../store/bank.ts'
import { texts } from '../texts/index.ts'
import { importCamt } from '../use-cases/import.ts'
import { statementPage, statementsPage } from '../views/statements.ts'
import { isId, queryText } from '#platform/http/query.ts'
import { entryCells, moneyCell } from './csv.ts'
import { clearingsFor } from './staff-payments.ts'

const PATH = '/workbench/zahlungen/kontoauszuege'
const SHOWN = 100
/** Rows of one CSV file. */
const MOST_ROWS = 20_000

async function list(ctx: Ctx, errors: Readonly<Record<string, string>>, status = 200): Promise<Reply> {
  const view = { statements: await listStatements(ctx, SHOWN), openClearings: await clearingsFor(ctx), errors }
  return htmlPage(statementsPage(ctx, view), { status })
}

export const statementRoutes: readonly Route[] = [
  page({ path: PATH, access: staff('payments.book'), handle: (ctx) => list(ctx, {}) }),
  page({
    path: `${PATH}/liste.csv`,
    access: staff('payments.book'),
    handle: async (ctx) => {
      const t = texts(ctx).import
      const rows = await listStatements(ctx, MOST_ROWS)
      return csvReply(
        `${t.title}.csv`,
        [t.name, t.iban, t.from, t.until, t.balance, t.currency, t.entries, t.fresh, t.imported],
        rows.map((row) => [
          row.name, row.iban, row.fromDay, row.untilDay, row.closingCents === null ? null : moneyCell(ctx, row.closingCents), row.currency,
          row.entries, row.newEntries, row.importedAt,
        ]), // prettier-ignore
      )
    },
  }),
  page({
    path: `${PATH}/:id/umsaetze.csv`,
    access: staff('payments.book'),
    params: Type.Object({ id: Type.String() }),
    handle: async (ctx, req) => {
      const found = isId(req.params.id) ? await findStatement(ctx, req.params.id) : null
      if (!found) return problem(fail('not-found'))
      const { header, row } = entryCells(ctx)
      return csvReply(`${found.statement.name}.csv`, header, found.entries.map(row))
    },
  }),
  page({
    path: `${PATH}/:id`,
    access: staff('payments.book'),
    params: Type.Object({ id: Type.String() }),
    examples: async (ctx) => (await listStatements(ctx, 2)).map((row) => `${PATH}/${row.id}`),
    handle: async (ctx, req) => {
      const found = isId(req.params.id) ? await findStatement(ctx, req.params.id) : null
      if (!found) return problem(fail('not-found'))
      return htmlPage(statementPage(ctx, { ...found, justImported: queryText(req, 'neu') !== '' }))
    },
  }),
  action({
    path: PATH,
    access: staff('payments.book'),
    uploads: (_ctx, _req, field) =>
      field === 'file' ? { maxBytes: MOST_STATEMENT_BYTES, kinds: ['application/xml', 'text/xml'], maxFiles: 1 } : null,
    handle: async (ctx, req) => {
      if (!may(ctx, 'payments.book', TREASURY)) return problem(fail('forbidden'))
      const t = texts(ctx).import
      const refuse = (message: string) => list(ctx, { file: message }, 422)
      const upload = req.uploads['file']?.[0]
      if (!upload) return refuse(t.missing)
      if (!upload.ok) return refuse(t.upload[upload.problem])
      const content = await ctx.app.files.open(ctx, upload.file.id)
      const bytes = await buffer(content!.stream)
      const result = await importCamt(ctx, bytes)
      // What is needed of it is in the tables; the file itself holds names and accounts of everybody.
      await ctx.app.files.remove(ctx, upload.file.id)
      if (!result.ok) return refuse(t.problems[result.problem])
      return redirect(`${PATH}/${result.value.statements[0]!.id}?neu=1`)
    },
  }),
]
