import type { WorkflowEvent } from '#modules/services/public.ts'
import { jobType } from '#platform/jobs/jobs.ts'

/** Runs the checks of the case's state and takes the machine's next transition. */
export const advanceCase = jobType<{ caseId: string }>('cases.advance')
/** Takes the machine's transition for something that happened. */
export const caseEvent = jobType<{ caseId: string; event: WorkflowEvent }>('cases.event')
/** A timer has run out. */
export const caseTimer = jobType<{ timerId: string }>('cases.timer')
/** Does what a clerk decided or wrote, when the ten seconds for taking it back are over. */
export const takePending = jobType<{ caseId: string; pendingId: string }>('cases.take-pending')
/** Looks for what has been left lying. */
export const sweepCases = jobType<Record<string, never>>('cases.sweep')
