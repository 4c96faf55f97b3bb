import { definitionOf, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { page, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { caseByNumber } from '../store/case.ts'
import { exampleNumbersOfMine } from '../store/examples.ts'
import { casesOfMine } from '../store/mine.ts'
import { mineView } from '../views/mine.ts'
import { wordsFor } from '../views/words.ts'
import { exampleBehind, type OwnPage } from './own-examples.ts'
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

async function mineExamples(ctx: Ctx, what: OwnPage): Promise<string[]> {
  if (what === 'page') return (await exampleNumbersOfMine(ctx)).map((number) => `/meine-antraege/${number}`)
  const found = await exampleBehind(ctx, what, await casesOfMine(ctx))
  return found ? [`/meine-antraege/${found.number}${found.path}`] : []
}

/** The signed-in person's own case; a number of somebody else's is as unknown as one that does not exist. */
export async function findMine(ctx: Ctx, req: { params: { number: string } }) {
  const read = readCaseNumber(req.params.number)
  const kase = read.ok ? await caseByNumber(ctx, read.number) : null
  return kase && kase.applicant.accountId !== null && kase.applicant.accountId === ctx.account?.id ? kase : null
}
