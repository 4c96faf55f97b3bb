/** The door of the queue: who waits where and for how long, and that somebody has come. */
export type { Counter } from './domain/counter.ts'
export { PRIORITIES, VISIT_STATES, type Priority, type Visit, type VisitState } from './domain/visit.ts'
export { countersOf } from './store/counters.ts'
export { arriveWithCode, drawTicket, type Arrived, type ArrivalKind } from './use-cases/arrive.ts'
export { waitingAt, type Waiting } from './use-cases/waiting.ts'
