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
