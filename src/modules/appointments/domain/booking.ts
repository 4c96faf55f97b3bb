import { createHash, randomBytes } from 'node:crypto'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Audience } from './rule.ts'
import type { Variant } from './work.ts'

/** held: name and mail are still asked for; reserved: the mail's link was not followed yet. */
export const BOOKING_STATES = ['held', 'reserved', 'booked', 'cancelled'] as const
export type BookingState = (typeof BOOKING_STATES)[number]

/** How somebody is reminded the day before: by SMS only where there is a mobile number. */
export const REMINDERS = ['mail-and-sms', 'mail', 'none'] as const
export type Reminder = (typeof REMINDERS)[number]

export interface Booking {
  readonly id: string
  readonly state: BookingState
  readonly office: string
  readonly team: string
  readonly lane: string
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly services: readonly string[]
  readonly people: number
  readonly variant: Variant
  readonly audience: Audience
  readonly account: string | null
  readonly name: string | null
  readonly email: string | null
  readonly telephone: string | null
  readonly locale: Locale
  readonly reminder: Reminder
  /** By which search it was found, as `fieldsOf` writes it; null: by none that the city keeps. */
  readonly search: string | null
  /** Grows with each change; whoever changes says which one they saw. */
  readonly sequence: number
  readonly expiresAt: Temporal.Instant | null
  /** Says that they are here, and opens nothing; null for a hold and for those without a place to go to. */
  readonly arrivalCode: string | null
  /** When they were here. */
  readonly attendedAt: Temporal.Instant | null
  /** Whether calendars were told that it cannot take place. */
  readonly isToldDisplaced: boolean
  /** How often calendars were told otherwise than before, while the booking itself stayed as it was. */
  readonly calendarChanges: number
}

/** Days that a name is kept after the appointment; demo value. */
export const NAME_DAYS = 30
/** How long a time is kept while somebody types their name. */
export const HOLD_MINUTES = 10
/** How long it is kept for somebody without an account until they follow the link in the mail. */
export const RESERVATION_MINUTES = 60
/** Whoever books must still get there. */
export const LEAD_MINUTES = 10

/** 128 random bits in base64url. Opens one booking; only its hash is kept. */
export const newCode = (): string => randomBytes(16).toString('base64url')

export const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('hex')

/** No letters or digits that are taken for one another. */
export const ARRIVAL_SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
export const ARRIVAL_LENGTH = 8

/** Eight signs: a machine reads them as a QR code, and a person can type them. */
export const newArrivalCode = (): string =>
  [...randomBytes(ARRIVAL_LENGTH)].map((byte) => ARRIVAL_SIGNS[byte % ARRIVAL_SIGNS.length]).join('')

/** As it is read aloud and typed: `ABCD EFGH`. */
export const spacedArrivalCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** As somebody types it or a scanner sends it: with blanks and hyphens, in small letters, behind an address. */
export const typedArrivalCode = (typed: string): string =>
  typed
    .slice(typed.lastIndexOf('/') + 1)
    .replaceAll(/[\s-]/g, '')
    .toUpperCase()
    .slice(0, 20)

/**
 * When a cancelled time is given back: at a moment that nobody can foresee, so that it cannot be handed on by cancelling
 * and booking in one go. The nearer the appointment, the sooner.
 * @param chance from 0 up to, not with, 1
 */
export function givenBackAt(now: Temporal.Instant, startsAt: Temporal.Instant, chance: number): Temporal.Instant {
  const minutesLeft = Math.max(0, now.until(startsAt).total('minutes'))
  const longest = Math.min(90, Math.max(2, minutesLeft / 10))
  return now.add({ seconds: Math.round(60 + chance * (longest - 1) * 60) })
}
