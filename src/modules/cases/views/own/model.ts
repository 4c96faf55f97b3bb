import type { Unit } from '#modules/accounts/public.ts'
import type { Payment } from '#modules/payments/public.ts'
import type { ServiceDefinition, SummarySection, Transition } from '#modules/services/public.ts'
import type { Html } from '#platform/html/html.ts'
import type { CaseLink } from '../../extension.ts'
import type { CaseDocument } from '../../store/documents.ts'
import type { Message } from '../../store/messages.ts'
import type { Case } from '../../store/rows.ts'
import type { TimelineRow } from '../../store/timeline.ts'
import type { ServiceWords } from '../words.ts'

export interface OwnModel {
  readonly kase: Case
  readonly definition: ServiceDefinition
  readonly words: ServiceWords
  readonly unit: Unit | null
  readonly clerk: string | null
  readonly summary: readonly SummarySection[]
  readonly documents: readonly CaseDocument[]
  readonly messages: readonly Message[]
  readonly payments: readonly Payment[]
  readonly timeline: readonly TimelineRow[]
  /** What came of it: a permit, for example. */
  readonly results: readonly CaseLink[]
  /** What the applicant can do: withdraw and the like. */
  readonly offered: readonly Transition[]
  readonly nameOf: (accountId: string) => string | null
  /** `/meine-antraege/NUMBER` or `/stand/NUMBER`. */
  readonly base: string
  /** Of the form for a message: sent twice, it is one message. */
  readonly messageKey: string
}

export interface OwnPageState {
  readonly message?: Html
  readonly typed?: Readonly<Record<string, string>>
  readonly errors?: Readonly<Record<string, string>>
}

export const isWithdrawal = ({ definition }: Pick<OwnModel, 'definition'>, transition: Transition): boolean =>
  definition.workflow.states.some(({ name, outcome }) => name === transition.to && outcome === 'withdrawn')

/** Withdrawing an application creates its withdrawal; other steps go by their names. */
export const stepPath = (model: Pick<OwnModel, 'definition'>, transition: Transition): string =>
  isWithdrawal(model, transition) ? 'ruecknahme' : `schritte/${transition.name}`
