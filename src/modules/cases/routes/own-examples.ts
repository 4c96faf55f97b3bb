import { paymentsFor } from '#modules/payments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exampleDocument } from '../store/examples.ts'

/** What stands behind the number of an application: the page itself, or one of those below it. */
export type OwnPage = 'page' | 'ruecknahme' | 'schritte' | 'dokumente' | 'zahlungen'

interface OwnCase {
  readonly id: string
  readonly number: string
  readonly closedAt?: Temporal.Instant | null
}

/** One of these cases that has such a page, with the path behind its number; for the tests that look at every page. */
export async function exampleBehind(
  ctx: Ctx,
  what: OwnPage,
  cases: readonly OwnCase[],
): Promise<{ number: string; path: string } | null> {
  const found = (number: string | undefined, path: string) => (number === undefined ? null : { number, path })
  const open = cases.find(({ closedAt }) => closedAt === null || closedAt === undefined)
  switch (what) {
    case 'page':
      return found(cases[0]?.number, '')
    case 'ruecknahme':
      return found(open?.number, '/ruecknahme')
    case 'schritte':
      return found(open?.number, '/schritte/withdraw')
    case 'dokumente': {
      const document = await exampleDocument(
        ctx,
        cases.map(({ number }) => number),
      )
      return found(document?.number, `/dokumente/${document?.id}`)
    }
    case 'zahlungen':
      for (const { id, number } of cases) {
        const [payment] = await paymentsFor(ctx, `case:${id}`)
        if (payment) return found(number, `/zahlungen/${payment.id}`)
      }
      return null
  }
}
