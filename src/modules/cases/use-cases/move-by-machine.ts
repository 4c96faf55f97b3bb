import type { ServiceDefinition, Transition, WorkflowEvent } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { savepoint } from '#platform/db/transaction.ts'
import { systemTransition } from '../domain/workflow.ts'
import { ActionRefused } from '../extension.ts'
import { setNews, storeFindings } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { move } from './move.ts'
import { holdsIn, scopeOf } from './scope.ts'

/**
 * Takes the first of the machine's transitions that holds. Where an action of it is refused (somebody else was faster),
 * the reason is kept as a finding and the next that holds is taken; where there is none, the case stays for a clerk.
 * The case is locked by the caller, in whose transaction this runs.
 * @returns whether the case has moved
 */
export async function moveByMachine(
  ctx: Ctx,
  definition: ServiceDefinition,
  kase: Case,
  event: WorkflowEvent | null,
): Promise<boolean> {
  let current = kase
  const refused = new Set<string>()
  for (;;) {
    const holds = holdsIn(scopeOf(ctx, definition, current))
    const transition = systemTransition(definition, current.state, event, holds, refused)
    if (!transition) return false
    try {
      await savepoint(ctx, () => move(ctx, definition, current, transition))
      return true
    } catch (error) {
      if (!(error instanceof ActionRefused)) throw error
      refused.add(transition.name)
      current = await keepRefusal(ctx, current, transition, error)
    }
  }
}

async function keepRefusal(ctx: Ctx, kase: Case, transition: Transition, error: ActionRefused): Promise<Case> {
  // Said once: the sweeper tries again, and the same answer is no news.
  if (kase.findings[transition.name]?.message.en === error.says.en) return kase
  const finding = { outcome: 'no', message: error.says, at: ctx.clock.now().toString(), tries: 1 } as const
  const findings = { ...kase.findings, [transition.name]: finding }
  await storeFindings(ctx, kase.id, findings)
  await setNews(ctx, kase.id, ctx.clock.now())
  await audit(ctx, {
    subject: `case:${kase.id}`,
    action: 'cases.refused',
    data: { transition: transition.name, says: error.says },
  })
  return { ...kase, findings }
}
