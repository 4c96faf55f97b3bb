import type { Locale } from '#platform/i18n/locale.ts'

/** Announces documents and hands them over. */
export const MANAGE = 'pickup.manage'

export const STATES = ['ready', 'deposited', 'open', 'collected', 'withdrawn'] as const
export type State = (typeof STATES)[number]

/** A document that is ready for somebody. */
export interface Document {
  readonly id: string
  /** Slug of the catalogue. */
  readonly office: string
  /** Of the administration: its staff see and keep it. */
  readonly unit: string
  readonly title: string
  readonly caseNumber: string | null
  readonly account: string | null
  readonly name: string
  readonly email: string | null
  readonly telephone: string | null
  readonly locale: Locale
  readonly state: State
  /** The locker that it is meant for, or lies in; null: at the counter. */
  readonly device: string | null
  readonly compartment: number | null
  /** First half of the code. */
  readonly number: string | null
  readonly codeHash: Uint8Array | null
  readonly wrongCodes: number
  readonly announcedAt: Temporal.Instant
  readonly collectBy: Temporal.PlainDate
  /** When the person was told that it is too late; null until then. */
  readonly overdueAt: Temporal.Instant | null
  readonly openedAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
}

/** Days that a document is kept for somebody; compartments are few. Demo values. */
export const COUNTER_DAYS = 28
export const LOCKER_DAYS = 14

/** Wrong codes for one document; then it needs a new one, or somebody who shows their identity card. */
export const MOST_WRONG_CODES = 5

/** Whoever sends the same code again so soon has not had the answer, or types twice: the door is open already. */
export const SAME_OPENING_SECONDS = 60

export const LONGEST = { title: 80, name: 120, compartment: 999 } as const

export type Move =
  | {
      readonly does: 'deposit'
      readonly device: string
      readonly compartment: number
      readonly collectBy: Temporal.PlainDate
    }
  | { readonly does: 'open' }
  /** The person has it. */
  | { readonly does: 'take' }
  /** The door did not open: it is still there. */
  | { readonly does: 'fail' }
  /** Out of the locker, back to the counter, which keeps it anew. */
  | { readonly does: 'return'; readonly collectBy: Temporal.PlainDate }
  | { readonly does: 'hand-over' }
  | { readonly does: 'withdraw' }

const FROM: Readonly<Record<Move['does'], readonly State[]>> = {
  deposit: ['ready'],
  open: ['deposited', 'open'],
  take: ['open'],
  fail: ['open'],
  return: ['deposited', 'open'],
  'hand-over': ['ready'],
  withdraw: ['ready'],
}

export const canDo = (document: Pick<Document, 'state'>, does: Move['does']): boolean =>
  FROM[does].includes(document.state)

export const isOver = ({ state }: Pick<Document, 'state'>): boolean => state === 'collected' || state === 'withdrawn'

export const isOverdue = (document: Pick<Document, 'state' | 'collectBy'>, today: Temporal.PlainDate): boolean =>
  !isOver(document) && Temporal.PlainDate.compare(document.collectBy, today) < 0

/** The document after the move; null where it cannot be made from its state. A code ends with the document. */
export function moved(document: Document, move: Move, at: Temporal.Instant): Document | null {
  if (!canDo(document, move.does)) return null
  const ended = { codeHash: null, number: null, compartment: null, openedAt: null, endedAt: at }
  switch (move.does) {
    case 'deposit': {
      const { device, compartment, collectBy } = move
      return { ...document, state: 'deposited', device, compartment, collectBy, overdueAt: null }
    }
    case 'open':
      return { ...document, state: 'open', openedAt: at, wrongCodes: 0 }
    case 'fail':
      return { ...document, state: 'deposited', openedAt: null }
    case 'return': {
      const { collectBy } = move
      return {
        ...document,
        state: 'ready',
        device: null,
        compartment: null,
        openedAt: null,
        collectBy,
        overdueAt: null,
      }
    }
    case 'take':
    case 'hand-over':
      return { ...document, ...ended, state: 'collected' }
    case 'withdraw':
      return { ...document, ...ended, state: 'withdrawn' }
  }
}
