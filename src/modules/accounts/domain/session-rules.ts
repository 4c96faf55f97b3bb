import type { AccountKind } from './account.ts'

/**
 * How long a session lasts. Staff see other people's data: 30 minutes without a request, 12 hours in all
 * (NIST SP 800-63B section 4.2.3). Citizens see their own, and need time to look for papers: 2 hours and 24 hours.
 */
const RULES: Record<AccountKind, { idle: Temporal.DurationLike; whole: Temporal.DurationLike }> = {
  staff: { idle: { minutes: 30 }, whole: { hours: 12 } },
  citizen: { idle: { hours: 2 }, whole: { hours: 24 } },
}

/** A session is written again only after this long, so that reading a page costs no write. */
export const TOUCH_AFTER_SECONDS = 60

/** When a session that starts at `start` and is used at `now` ends. */
export function sessionEnd(kind: AccountKind, start: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const idle = now.add(RULES[kind].idle)
  const whole = start.add(RULES[kind].whole)
  return Temporal.Instant.compare(idle, whole) < 0 ? idle : whole
}

/** How long the browser keeps the cookie, in seconds: no longer than the session can last. */
export const cookieSeconds = (kind: AccountKind): number => Temporal.Duration.from(RULES[kind].whole).total('seconds')
