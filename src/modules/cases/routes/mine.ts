import { definitionOf, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { page, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { caseByNumber } from '../store/case.ts'
import { exampleDocument, exampleNumbersOfMine } from '../store/examples.ts'
import { casesOfMine } from '../store/mine.ts'
import { mineView } from '../views/mine.ts'
import { wordsFor } from '../views/words.ts'
import { ownRoutes } from './own.ts'

export const mineRoutes: readonly Route[] = [
  page({
    path: '/meine-antraege',
    access: signedIn,
    handle: async (ctx) => {
      const rows = await casesOfMine(ctx)
      const definitions = new Map<string, ServiceDefinition | null>()
      for (const { service, version } of rows)
        definitions.set(`${service}/${version}`, await definitionOf(ctx, service, version))
      const words = await wordsFor(ctx, rows)
      return htmlPage(
        mineView(ctx, { rows, words, definition: (row) => definitions.get(`${row.service}/${row.version}`) ?? null }),
      )
    },
  }),
  ...ownRoutes({
    path: '/meine-antraege',
    access: signedIn,
    find: findMine,
    examples: mineExamples,
    otherwise: () => problem(fail('not-found')),
  }),
]

async function mineExamples(ctx: Ctx, what: string): Promise<string[]> {
  const numbers = await exampleNumbersOfMine(ctx)
  if (what === 'page') return numbers.map((number) => `/meine-antraege/${number}`)
  if (what === 'ruecknahme' || what === 'schritte') {
    const open = (await casesOfMine(ctx)).filter(({ closedAt }) => closedAt === null)
    const step = what === 'ruecknahme' ? what : 'schritte/withdraw'
    return open.slice(0, 1).map(({ number }) => `/meine-antraege/${number}/${step}`)
  }
  const document = what === 'dokumente' ? await exampleDocument(ctx, numbers) : null
  return document ? [`/meine-antraege/${document.number}/dokumente/${document.id}`] : []
}

/** The signed-in person's own case; a number of somebody else's is as unknown as one that does not exist. */
async function findMine(ctx: Ctx, req: { params: { number: string } }) {
  const read = readCaseNumber(req.params.number)
  const kase = read.ok ? await caseByNumber(ctx, read.number) : null
  return kase && kase.applicant.accountId !== null && kase.applicant.accountId === ctx.account?.id ? kase : null
}
