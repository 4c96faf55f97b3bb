import { eventType } from '#platform/events/events.ts'

/** A case was opened. */
export const caseOpened = eventType<{ caseId: string; caseNumber: string; service: string; accountId: string | null }>(
  'cases.opened',
)

/** A case has moved from one state to another; `outcome` where it is closed by that. */
export const caseMoved = eventType<{
  caseId: string
  caseNumber: string
  service: string
  transition: string
  from: string
  to: string
  outcome: 'granted' | 'refused' | 'withdrawn' | 'expired' | null
}>('cases.moved')
