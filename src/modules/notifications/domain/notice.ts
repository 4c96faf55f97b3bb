import type { Locale } from '#platform/i18n/locale.ts'

export const CHANNELS = ['mail', 'sms', 'inbox', 'push'] as const
export type Channel = (typeof CHANNELS)[number]
/** Those by which a person is reached at an address. */
type Addressed = Exclude<Channel, 'push'>

/** dropped: would be of no use any more, and nobody has to do anything about it. */
export const DELIVERY_STATES = ['queued', 'sent', 'failed', 'dropped'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Why a delivery is dropped. */
const OF_NO_USE = ['too-late', 'overtaken', 'browser-gone']
export const isOfNoUse = (reason: string): boolean => OF_NO_USE.includes(reason)

export interface Recipient {
  readonly accountId?: string | null
  readonly email?: string | null
  readonly telephone?: string | null
  /** The browsers that subscribed to it (`subscribe`), beside all other ways: 'queue:<visit>'. */
  readonly topic?: string | null
}

/** What another module wants somebody to be told. Texts are plain, in the person's language, ready to be read. */
export interface Notice {
  /** Unique in the city: the same key is told once, however often it is asked for. */
  readonly key: string
  readonly to: Recipient
  readonly locale: Locale
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** A path of this city without language prefix: `/meine-antraege/BP-2026-000012-7`. */
  readonly link?: { readonly path: string; readonly label: string } | null
  readonly caseId?: string | null
  /** Unit whose staff may read it; the root of the city hall where none is named. */
  readonly unit?: string
  /** Ids of files in `ctx.app.files`. */
  readonly attachments?: readonly string[]
  /** An iCalendar object (RFC 5545) that goes along with the mail. */
  readonly calendar?: string | undefined
  /** Absent: the portal inbox where there is an account, mail where there is an address. Browsers are told by `to.topic`. */
  readonly channels?: readonly Addressed[]
  /** Of no use any more after so many minutes: not sent later, and in browsers replaced by what comes after it. */
  readonly usefulMinutes?: number
  /** By SMS, too, where there is a mobile number. */
  readonly sms?: boolean | undefined
  /** The address or number, or the number alone, is what somebody typed who need not be its owner: it gets `UNCONFIRMED_AN_HOUR`. */
  readonly unconfirmed?: boolean | 'telephone'
  /** Holds a link that lets somebody in: staff never see the text, and it is forgotten once it was sent. */
  readonly confidential?: boolean
}

/** A notice that was sent long ago, for demo data: stored as it would be now, nothing leaves the house. */
export interface PastMessage extends Notice {
  readonly at: Temporal.Instant
}

/** The unit whose staff read messages that no other unit claims. */
export const DEFAULT_UNIT = 'rathaus'

export interface PlannedDelivery {
  readonly channel: Channel
  /** null where it can be tried. */
  readonly problem: 'address-missing' | 'address-not-valid' | 'too-many-mails' | 'too-many-sms' | null
  /** Of a push: which one. */
  readonly browser?: string
}

/**
 * What an address or number which nobody has confirmed gets in an hour. Anybody can apply in anybody's name: nobody's inbox
 * is to be filled by that, and an SMS costs the city money, too.
 */
export const UNCONFIRMED_AN_HOUR = { mail: 10, sms: 5 } as const
export type Limited = keyof typeof UNCONFIRMED_AN_HOUR

/**
 * How a notice goes out. A channel that was asked for but has no usable address is planned as a failure that staff see.
 * @param browsers ids of those that subscribed to the topic
 */
export function planDeliveries(
  notice: Pick<Notice, 'channels' | 'sms'>,
  to: Recipient,
  { full = [], browsers = [] }: { readonly full?: readonly Limited[]; readonly browsers?: readonly string[] } = {},
): PlannedDelivery[] {
  const wanted = notice.channels ?? [
    ...(to.accountId ? (['inbox'] as const) : []),
    ...(to.email ? (['mail'] as const) : []),
    ...(notice.sms && to.telephone && isMobile(to.telephone) ? (['sms'] as const) : []),
  ]
  return [
    ...[...new Set(wanted)].map((channel) => ({
      channel,
      problem: problemOf(channel, to) ?? tooMany(channel, full),
    })),
    ...browsers.map((browser) => ({ channel: 'push' as const, problem: null, browser })),
  ]
}

function tooMany(channel: Addressed, full: readonly Limited[]): PlannedDelivery['problem'] {
  if (channel === 'inbox' || !full.includes(channel)) return null
  return channel === 'mail' ? 'too-many-mails' : 'too-many-sms'
}

function problemOf(channel: Addressed, to: Recipient): PlannedDelivery['problem'] {
  if (channel === 'inbox') return to.accountId ? null : 'address-missing'
  const address = channel === 'mail' ? to.email : to.telephone
  if (!address) return 'address-missing'
  return (channel === 'mail' ? isMailAddress(address) : isMobile(address)) ? null : 'address-not-valid'
}

/**
 * One address and nothing else: no display name, no list, no line break, so that nobody can slip a header or a second
 * recipient into a mail. Stricter than RFC 5321 (no quoted local parts), as mail forms everywhere are.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > 254) return false
  return (
    /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:"]+\.[^\s\p{C}@<>()[\]\\,;:".]+$/u.test(text) &&
    !text.includes('..')
  )
}

/** Digits with an optional plus in front; spaces, slashes and hyphens between them are how people write them. */
export function isTelephone(text: string): boolean {
  return /^\+?[\d\s()/-]{5,24}$/.test(text) && text.replace(/\D/g, '').length >= 5
}

/** Whether an SMS can be read there: German mobile numbers begin with 15, 16 or 17 (Bundesnetzagentur, Nummernplan). */
export const isMobile = (text: string): boolean => isTelephone(text) && /^\+491[567]\d{7,}$/.test(dialable(text))

/** '+49 711 12-34' → '+497111234'; a leading 0 is taken for Germany. */
export function dialable(text: string): string {
  const digits = text.replace(/[^\d+]/g, '')
  if (digits.startsWith('+')) return digits
  if (digits.startsWith('00')) return `+${digits.slice(2)}`
  return digits.startsWith('0') ? `+49${digits.slice(1)}` : `+49${digits}`
}

/** Line breaks and other control characters become spaces: a subject stays one header line (RFC 5322, section 2.2). */
export const oneLine = (text: string): string =>
  text
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** At most so many signs, without half a word at the end. */
export const shortened = (words: string, most: number): string =>
  words.length <= most ? words : `${words.slice(0, Math.max(0, most - 1)).replace(/\s+\S*$/, '')}…`
