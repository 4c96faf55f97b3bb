/** The door of `services`: what a municipal service is, and what can be told from its definition. */
export * from './domain/definition.ts'
export * from './domain/form-definition.ts'
export * from './domain/workflow-definition.ts'
export * from './domain/fee-table.ts'
export * from './domain/service-texts.ts'
export * from './domain/answers.ts'
export {
  evaluate,
  FeelError,
  compileFeel,
  deepFeel,
  fromFeel,
  roundCents,
  WORKFLOW_NAMES,
  type Expression,
} from './domain/feel.ts'
export { feelAnswers } from './domain/scope.ts'
export { examine, type Examined, type ExamineOptions } from './domain/examine.ts'
export type { Issue, IssueCode } from './domain/issue.ts'
export { kindNames, megabytes, messageOf } from './domain/messages.ts'
export { fieldMessages, pruneAnswers, validateAnswers, visibleSteps, type ValidateOptions } from './domain/validate.ts'
export { jsonSchemaOf } from './domain/schema.ts'
export { feeFor, type Fee } from './domain/fees.ts'
export { summaryOf, type SummaryEntry, type SummarySection } from './domain/summary.ts'
export { normalisePlate } from './domain/plate.ts'
export { normaliseMail } from './domain/mail-address.ts'
export { normaliseTelephone, showTelephone } from './domain/telephone.ts'
export { normaliseIban, showIban } from './domain/bank-account.ts'
export { cleanText } from './domain/plain-text.ts'
export { ADDRESS_PARTS, showAddress, type AddressPart } from './domain/postal-address.ts'
export { allPublished, definitionOf, everPublished, onTrial, published } from './registry.ts'
export { actionWords, formPrefill, type FormPrefill } from './extension.ts'
export { loadServiceFolder } from './loader/folder.ts'
