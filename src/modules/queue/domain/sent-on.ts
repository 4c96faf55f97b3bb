import type { LocalizedText } from '#platform/i18n/locale.ts'

/**
 * Somebody whom a counter has sent on. Whoever has only a slip of paper learns it from the screen in the hall.
 * away: to another office, with another number; here: from another office, and has a new number in this one; within: called
 * by another team or counter of this office, by the same number.
 */
export type SentOn = {
  /** Their number until then. */
  readonly ticket: string
  readonly at: Temporal.Instant
} & (
  | { readonly way: 'away' | 'here'; readonly next: string; readonly office: LocalizedText }
  | { readonly way: 'within'; readonly counter: string | null }
)

/** How long a screen says so; whoever came from elsewhere reads it until they are at a counter. Demo value. */
export const SENT_ON_MINUTES = 3
/** More are a list that nobody reads. */
const SHOWN = 3

/** What a screen shows of it, the newest first. */
export const sentOnShown = (sent: readonly SentOn[], now: Temporal.Instant): SentOn[] =>
  sent
    .filter(({ way, at }) => way === 'here' || at.until(now).total('minutes') < SENT_ON_MINUTES)
    .toSorted((a, b) => b.at.epochMilliseconds - a.at.epochMilliseconds)
    .slice(0, SHOWN)
