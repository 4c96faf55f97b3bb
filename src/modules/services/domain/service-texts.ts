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
  readonly states: Readonly<Record<string, { readonly plain: string; readonly next: string; readonly staff?: string }>>
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
