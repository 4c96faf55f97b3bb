import type { ServiceDefinition, State, WorkflowCheck } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { Finding, Findings, StoredFinding } from '../domain/case.ts'
import { advancesByItself, stateOf } from '../domain/workflow.ts'
import { caseCheck } from '../extension.ts'
import { advanceCase } from '../job-types.ts'
import { caseById, lockCase, storeFindings } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { definitionFor } from './definition-for.ts'
import { moveByMachine } from './move-by-machine.ts'
import { inputsFrom, scopeOf } from './scope.ts'

/** Minutes until a check that got no answer is tried again; after the last, the case goes on without (to a clerk). */
const TRY_AGAIN_AFTER = [1, 5, 15] as const

/**
 * What job `cases.advance` does: asks the checks of the case's state, keeps what they found and takes the first of the
 * machine's transitions that holds.
 *
 * It bears being run twice: checks that have answered since the case came into its state are not asked again, and
 * where the case has moved on meanwhile, nothing is written. Checks run outside the transaction, because they may call
 * another authority and wait for it.
 */
export async function advance(ctx: Ctx, caseId: string): Promise<void> {
  const kase = await caseById(ctx, caseId)
  if (!kase || kase.closedAt) return
  const definition = await definitionFor(ctx, kase)
  if (!advancesByItself(definition, kase.state)) return
  const findings = await askChecks(ctx, definition, kase, stateOf(definition, kase.state))
  await transaction(ctx, async (ctx) => {
    const locked = await lockCase(ctx, caseId)
    if (!locked || locked.closedAt || !locked.enteredAt.equals(kase.enteredAt)) return
    await keepFindings(ctx, locked, findings)
    const wait = waitingTime(findings, kase.enteredAt)
    if (wait !== null) {
      await enqueue(ctx, advanceCase, { caseId }, { key: caseId, runAt: ctx.clock.now().add({ minutes: wait }) })
      return
    }
    const moved = await moveByMachine(ctx, definition, { ...locked, findings }, null)
    if (!moved && stateOf(definition, locked.state).kind === 'automatic')
      ctx.log.warn({ case: caseId, state: locked.state }, 'no transition holds: the case is stuck')
  })
}

async function askChecks(ctx: Ctx, definition: ServiceDefinition, kase: Case, state: State): Promise<Findings> {
  let findings = kase.findings
  for (const check of state.checks) {
    const before = findings[check.name]
    const isOfThisStay = before !== undefined && isSince(before, kase.enteredAt)
    if (isOfThisStay && (before.outcome !== 'unavailable' || before.tries > TRY_AGAIN_AFTER.length)) continue
    const finding = await ask(ctx, definition, { ...kase, findings }, check)
    const tries = isOfThisStay ? before.tries + 1 : 1
    findings = { ...findings, [check.name]: { ...finding, at: ctx.clock.now().toString(), tries } }
  }
  return findings
}

const isSince = (finding: StoredFinding, entered: Temporal.Instant) =>
  Temporal.Instant.compare(Temporal.Instant.from(finding.at), entered) >= 0

async function ask(ctx: Ctx, definition: ServiceDefinition, kase: Case, check: WorkflowCheck): Promise<Finding> {
  const implementation = ctx.app.extensions(caseCheck).get(check.check)
  if (!implementation) throw new Error(`no module provides the check ${check.check}`)
  try {
    return await implementation.run(ctx, kase, inputsFrom(scopeOf(ctx, definition, kase), check.input))
  } catch (error) {
    ctx.log.warn(
      { case: kase.id, check: check.check, err: error instanceof Error ? error.name : 'unknown' },
      'check failed',
    )
    return {
      outcome: 'unavailable',
      message: { de: 'Die Prüfung war nicht möglich.', en: 'The check was not possible.' },
    }
  }
}

/** Minutes to wait for those that did not answer; null: none is waited for. */
function waitingTime(findings: Findings, entered: Temporal.Instant): number | null {
  const waits = Object.values(findings)
    .filter((finding) => finding.outcome === 'unavailable' && isSince(finding, entered))
    .map(({ tries }) => TRY_AGAIN_AFTER[tries - 1])
    .filter((minutes) => minutes !== undefined)
  return waits.length === 0 ? null : Math.min(...waits)
}

async function keepFindings(ctx: Ctx, kase: Case, findings: Findings): Promise<void> {
  const news = Object.entries(findings).filter(([name, finding]) => finding.at !== kase.findings[name]?.at)
  if (news.length === 0) return
  await storeFindings(ctx, kase.id, findings)
  const data = Object.fromEntries(news.map(([name, { outcome, message }]) => [name, { outcome, message }]))
  await audit(ctx, { subject: `case:${kase.id}`, action: 'cases.checked', data })
}
