export interface WorkflowDefinition {
  readonly initial: string
  readonly states: readonly State[]
  readonly transitions: readonly Transition[]
}

export type StateKind = 'automatic' | 'clerk' | 'waiting' | 'final'
export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'expired'

/** Its words are `texts.states.<name>`: `plain` (what we do now), `next` (what happens next), `staff` (its name at work). */
export interface State {
  readonly name: string
  readonly kind: StateKind
  /** For final states. */
  readonly outcome?: Outcome
  /** For automatic states: run one after the other when the state is entered. */
  readonly checks: readonly WorkflowCheck[]
  readonly deadline?: Deadline
  /** Whom a waiting state waits for. */
  readonly waitsFor?: 'applicant' | 'payment' | 'partner'
}

export interface WorkflowCheck {
  /** The finding is `findings.<name>`: `{ outcome, data }`. */
  readonly name: string
  /** Name at the extension point `cases.check`. */
  readonly check: string
  /** Name → FEEL over `answers`, `case`, `findings` so far, `today`. */
  readonly input: Readonly<Record<string, string>>
}

/** Either calendar days or working days of Baden-Württemberg, from the day on which the state was entered. */
export interface Deadline {
  readonly days?: number
  readonly workingDays?: number
}

export const WORKFLOW_EVENTS = ['payment-received', 'deadline', 'documents-received'] as const
export type WorkflowEvent = (typeof WORKFLOW_EVENTS)[number]

/** Its words are `texts.transitions.<name>`: `label` (button), `says` (timeline), and `reason` where it needs one. */
export interface Transition {
  readonly name: string
  readonly from: readonly string[]
  readonly to: string
  readonly by: 'applicant' | 'clerk' | 'system' | 'partner'
  /** For clerks; absent: `permissions.decide` of the service. */
  readonly permission?: string
  /** FEEL over `answers`, `case`, `findings`, `today`; absent: always. */
  readonly when?: string
  /** For the system: taken when this happens, and not on entering the state. */
  readonly on?: WorkflowEvent
  /** What the clerk (or applicant) fills in; kept with the timeline entry, in FEEL of the actions as `input`. */
  readonly fields: readonly TransitionField[]
  readonly actions: readonly WorkflowAction[]
  /** Whether texts give a reason that the clerk reads in the inbox (`texts.transitions.<name>.reason`). */
  readonly hasReason: boolean
  /** Asks once more before it is done (`texts.transitions.<name>.confirm` says what will happen). */
  readonly confirm: boolean
}

export interface TransitionField {
  readonly name: string
  readonly type: 'text' | 'long-text' | 'date' | 'money' | 'choice'
  readonly options: readonly string[]
  readonly required: boolean
  readonly max: number
}

/** `do` is built in (see BUILT_IN_ACTIONS) or a name at the extension point `cases.action`. */
export interface WorkflowAction {
  readonly do: string
  /** FEEL; the action is left out where it does not hold. */
  readonly when?: string
  /** `notify`: name in `texts.notices`. `letter`: name in `letters`. */
  readonly template?: string
  /** `notify`: by SMS, too, where the applicant gave a mobile number. */
  readonly sms?: boolean
  /** `request-payment`: name in `fees`. */
  readonly fee?: string
  /** `start-timer`. */
  readonly after?: Deadline
  /** Name → FEEL over `answers`, `case`, `findings`, `today`, `input`. */
  readonly input: Readonly<Record<string, string>>
}

export const BUILT_IN_ACTIONS = [
  'notify',
  'request-payment',
  'require-payment',
  'letter',
  'start-timer',
  'cancel-payment',
  'refund-payment',
] as const
