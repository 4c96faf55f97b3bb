/**
 * The door of cases: opening a case, what modules above can do and check in workflows, and what happened to cases.
 */
export {
  statusFields,
  statusPath,
  type Applicant,
  type CaseForAction,
  type Channel,
  type Finding,
  type Findings,
  type StoredFinding,
} from './domain/case.ts'
export { accessCodeFor, demoAccessCode } from './domain/access-code.ts'
export { caseNumberCheckDigit, formatCaseNumber, readCaseNumber } from './domain/case-number.ts'
export { isWorkingDay, lastDayOf, nextWorkingDay } from './domain/deadline.ts'
export { caseMoved, caseOpened } from './events.ts'
export {
  ActionRefused,
  caseAction,
  caseCheck,
  caseResult,
  caseStep,
  type CaseAction,
  type CaseCheck,
  type CaseResult,
  type CaseStep,
} from './extension.ts'
export { codeDoor } from './routes/code-door.ts'
export { caseById, caseByNumber, casesThatEnded } from './store/case.ts'
export { mayRead } from './store/visible.ts'
export type { Case } from './store/rows.ts'
export { openCase, openedBefore, type NewCase, type OpenedCase, type OpenedWith } from './use-cases/open-case.ts'
export { handIn } from './use-cases/applicant.ts'
