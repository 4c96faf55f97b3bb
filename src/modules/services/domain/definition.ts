/**
 * A municipal service as data: what `services/<slug>/*.yaml` says, checked and put together.
 * The shape is plain JSON, because a published version is kept as it is in the table `services_version`.
 */
export interface ServiceDefinition {
  /** Name of the folder and of the address: `resident-parking` → `/antrag/resident-parking`. */
  readonly slug: string
  /** Whole number from 1; what is published under a number never changes. */
  readonly version: number
  /**
   * `live`: published at start where nothing of this service is published yet; a newer version waits until somebody
   * publishes it in the workbench. `trial`: waits in any case.
   */
  readonly state: 'live' | 'trial'
  /** Unit that works on its cases: 'strassenverkehr'. */
  readonly unit: string
  /** First part of the case number: 'BPA' → 'BPA-2026-000001-4'. Two to five capital letters. */
  readonly prefix: string
  /** Who may start the form: anybody, or only who is signed in. */
  readonly login: 'none' | 'required'
  readonly catalogue: CatalogueFacts
  readonly retention: CaseRetention
  readonly permissions: ServicePermissions
  readonly applicant: ApplicantExpressions
  readonly form: FormDefinition
  readonly workflow: WorkflowDefinition
  readonly fees: readonly FeeTable[]
  readonly letters: readonly LetterTemplate[]
  readonly texts: { readonly de: ServiceTexts; readonly en: ServiceTexts }
}

/** Facts for the service page that are no sentences; the sentences are in `ServiceTexts.service`. */
export interface CatalogueFacts {
  /** Key of the Leistungskatalog (LeiKa), where there is one. */
  readonly leika?: string
  /** Topics of the portal: ['mobility']. */
  readonly topics: readonly string[]
  /** Words that people type: in both languages. */
  readonly keywords: { readonly de: readonly string[]; readonly en: readonly string[] }
  /** Working days until an answer, where it is not given at once. */
  readonly workingDays: number
  /** Law and section: 'StVG § 6a Abs. 5a'. */
  readonly legalBasis: readonly string[]
}

export interface CaseRetention {
  /** Years after the end of the case until it is deleted. */
  readonly years: number
  /** Law, ordinance, file plan, or 'demo value'. */
  readonly source: string
}

/** Names of permissions that the city knows; the defaults are those of `cases`. */
export interface ServicePermissions {
  readonly read: string
  readonly work: string
  readonly decide: string
}

/** FEEL over `answers`: who applies, and how they are reached. */
export interface ApplicantExpressions {
  readonly name: string
  readonly email: string
  readonly telephone?: string
}

// ---- form -------------------------------------------------------------------------------------------------------

/** Steps are pages; they do not show in the answers. Groups do: `answers.person.givenName`. */
export interface FormDefinition {
  readonly steps: readonly Step[]
}

export interface Step {
  readonly name: string
  /** FEEL; the page is left out where it does not hold. */
  readonly visibleIf?: string
  readonly items: readonly Item[]
  /** Hold over the whole page; `checks` of a field are for that field. */
  readonly checks: readonly FieldCheck[]
}

export type Item = Field | Group

/** Fields that belong together: an object in the answers, or a list of objects where it repeats. */
export interface Group {
  readonly type: 'group'
  readonly name: string
  readonly visibleIf?: string
  /** Absent: once. `min` 0: the person may leave it out. */
  readonly repeat?: { readonly min: number; readonly max: number }
  readonly fields: readonly Field[]
}

/** A sentence that must hold, in FEEL over `answers`, `today`, `value` (this field) and in lists `item`, `index` (from 1). */
export interface FieldCheck {
  /** Its message is `texts.fields.<path>.checks.<name>`, or `texts.steps.<step>.checks.<name>`. */
  readonly name: string
  readonly that: string
}

interface FieldBase {
  readonly name: string
  readonly visibleIf?: string
  /** `true` where nothing else is said; FEEL where it depends. A field that is not required may be left empty. */
  readonly requiredIf?: string
  readonly required: boolean
  readonly checks: readonly FieldCheck[]
  /** `dataSafe.givenName`, `dataSafe.address`, `dataSafe.vehicle`, `login.email`, `login.name`. */
  readonly prefill?: Prefill
}

export const PREFILLS = [
  'dataSafe.givenName',
  'dataSafe.familyName',
  'dataSafe.birthDate',
  'dataSafe.address',
  'dataSafe.telephone',
  'dataSafe.email',
  'dataSafe.vehicle',
  'login.email',
  'login.name',
] as const
export type Prefill = (typeof PREFILLS)[number]

/** In the answers: a string, trimmed, NFC, with line breaks only where `lines` is above 1. */
export interface TextField extends FieldBase {
  readonly type: 'text'
  readonly min: number
  readonly max: number
  /** Lines shown; 1 is a single line. */
  readonly lines: number
  /** Regular expression for the whole value (of JSON Schema: ECMA-262, Unicode). */
  readonly pattern?: string
  /** Token for browsers, WCAG 1.3.5: 'given-name'. */
  readonly autocomplete?: string
}

/** In the answers: a number with at most `decimals` digits after the point. */
export interface NumberField extends FieldBase {
  readonly type: 'number'
  readonly min: number
  readonly max: number
  readonly decimals: number
  /** Shown behind the field, from the texts (`unit`). */
  readonly hasUnit: boolean
}

/** In the answers: whole cents. */
export interface MoneyField extends FieldBase {
  readonly type: 'money'
  readonly min: number
  readonly max: number
}

/** In the answers: 'YYYY-MM-DD'. In FEEL: a date. */
export interface DateField extends FieldBase {
  readonly type: 'date'
  /** FEEL that gives a date: `today`, `today + duration("P3M")`. */
  readonly earliest?: string
  readonly latest?: string
  /** `birth` asks browsers for autocompletion of a birthday. */
  readonly autocomplete?: string
}

/** In the answers: a value of the list, or with `multiple` a list of them without doubles, in the order of the options. */
export interface ChoiceField extends FieldBase {
  readonly type: 'choice'
  readonly options: readonly string[]
  readonly multiple: boolean
  /** A select for long lists; otherwise radio buttons or checkboxes. */
  readonly look: 'buttons' | 'list'
}

/** In the answers: `{ street, houseNumber, postcode, place }`. */
export interface AddressField extends FieldBase {
  readonly type: 'address'
  /** `city`: must be in the city's list of addresses; `any`: completed from it where it is there. */
  readonly of: 'city' | 'any'
}

/** In the answers: 'S-AB 1234', 'S-AB 123E', 'S-AB 123H' (FZV § 9, § 10). */
export interface PlateField extends FieldBase {
  readonly type: 'plate'
}

/** In the answers: electronic form, 'DE02120300000000202051' (ISO 13616). */
export interface IbanField extends FieldBase {
  readonly type: 'iban'
}

export interface MailField extends FieldBase {
  readonly type: 'mail'
}

/** In the answers: E.164, '+497111234567'. */
export interface TelephoneField extends FieldBase {
  readonly type: 'telephone'
}

/** In the answers: a list of file ids, `min` to `max` of them. */
export interface FileField extends FieldBase {
  readonly type: 'file'
  /** Media types, told from the bytes. */
  readonly kinds: readonly string[]
  /** Bytes of one file. */
  readonly maxBytes: number
  readonly min: number
  readonly max: number
}

/** In the answers: `true`. Required: the form cannot be sent without it. */
export interface ConsentField extends FieldBase {
  readonly type: 'consent'
}

/** Worked out from other answers and never typed; kept with the answers. Money is rounded half up to whole cents. */
export interface ComputedField extends FieldBase {
  readonly type: 'computed'
  readonly value: string
  readonly format: 'text' | 'number' | 'money' | 'date'
  /** Whether the person sees it in the summary. */
  readonly shown: boolean
}

export type Field =
  | TextField
  | NumberField
  | MoneyField
  | DateField
  | ChoiceField
  | AddressField
  | PlateField
  | IbanField
  | MailField
  | TelephoneField
  | FileField
  | ConsentField
  | ComputedField

// ---- workflow ---------------------------------------------------------------------------------------------------

export interface WorkflowDefinition {
  readonly initial: string
  readonly states: readonly State[]
  readonly transitions: readonly Transition[]
}

export type StateKind = 'automatic' | 'clerk' | 'waiting' | 'final'
export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'expired'

/** Its words are `texts.states.<name>`: `plain` (what we do now), `next` (what happens next). */
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
  /** `request-payment`: name in `fees`. */
  readonly fee?: string
  /** `start-timer`. */
  readonly after?: Deadline
  /** Name → FEEL over `answers`, `case`, `findings`, `today`, `input`. */
  readonly input: Readonly<Record<string, string>>
}

export const BUILT_IN_ACTIONS = ['notify', 'request-payment', 'letter', 'start-timer', 'cancel-payment'] as const

// ---- fees, letters, texts ---------------------------------------------------------------------------------------

/** Name of the fee in `texts.fees.<name>`. */
export interface FeeTable {
  readonly name: string
  readonly periods: readonly FeePeriod[]
}

/** Applies to applications received from `from` to `until`, both included. Periods do not overlap. */
export interface FeePeriod {
  readonly from: string
  readonly until?: string
  /** Ordinance and section, or 'demo value'. */
  readonly source: string
  /** The first whose `when` (FEEL over `answers`) holds; the last has none or 'true'. */
  readonly rates: readonly FeeRate[]
}

export interface FeeRate {
  readonly when?: string
  /** Whole cents, or FEEL that gives cents (rounded half up). */
  readonly cents: number | string
}

export interface LetterTemplate {
  readonly name: string
  /** 'permit.typ' */
  readonly file: string
  /** Typst source. Data: `json(bytes(sys.inputs.data))`. */
  readonly source: string
}

/** All words of a service in one language. German and English have the same keys, or the service is refused. */
export interface ServiceTexts {
  readonly service: {
    readonly title: string
    /** Two sentences that say what it is. */
    readonly summary: string
    readonly who: string
    readonly documents: readonly string[]
    readonly fee: string
    readonly duration: string
    /** Markdown-free paragraphs. */
    readonly description: readonly string[]
    /** Shown on the receipt. */
    readonly next: readonly string[]
  }
  readonly steps: Readonly<Record<string, StepTexts>>
  /** By path without indexes: `person`, `person.givenName`. */
  readonly fields: Readonly<Record<string, FieldTexts>>
  readonly states: Readonly<Record<string, { readonly plain: string; readonly next: string }>>
  readonly transitions: Readonly<Record<string, TransitionTexts>>
  readonly fees: Readonly<Record<string, string>>
  readonly letters: Readonly<Record<string, LetterTexts>>
  readonly notices: Readonly<Record<string, NoticeTexts>>
}

export interface StepTexts {
  readonly title: string
  readonly intro?: string
  readonly checks?: Readonly<Record<string, string>>
}

export interface FieldTexts {
  readonly label: string
  /** Below the label: what it is for, an example. */
  readonly hint?: string
  /** Longer help behind "Was ist das?". */
  readonly help?: string
  /** Message where it is empty; otherwise a general one. */
  readonly required?: string
  /** Message where the pattern does not fit. */
  readonly invalid?: string
  readonly unit?: string
  /** Of a repeating group: "Hund hinzufügen". */
  readonly add?: string
  readonly options?: Readonly<Record<string, string>>
  readonly checks?: Readonly<Record<string, string>>
}

export interface TransitionTexts {
  readonly label: string
  /** What the timeline says: "Der Ausweis wurde erteilt." */
  readonly says: string
  readonly reason?: string
  readonly confirm?: string
  readonly fields?: Readonly<Record<string, string>>
  /** Options of choice fields: field → value → words. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Whatever a letter says, by key; handed to the template as `texts`. */
export interface LetterTexts {
  readonly title: string
  readonly [key: string]: string | readonly string[]
}

/** `{name}` stands for a value: caseNumber, fee, dueOn, deadline, or an input of the action. */
export interface NoticeTexts {
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** Words of the link to the application. */
  readonly link?: string
}

// ---- what goes with a definition --------------------------------------------------------------------------------

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** Checked, normalised, pruned answers: plain JSON by group and field. */
export type Answers = { readonly [name: string]: JsonValue }

export interface AddressAnswer {
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
}

/** What validation needs to know of a file that an answer names. */
export interface FileFacts {
  readonly name: string
  readonly kind: string
  readonly bytes: number
}

export interface PublishedService {
  readonly slug: string
  readonly version: number
  /** SHA-256 over the definition, hex. */
  readonly hash: string
  readonly state: 'trial' | 'published'
  readonly publishedAt: Temporal.Instant | null
  readonly definition: ServiceDefinition
}
