/** What is limited, how often, and in how many minutes. Counted before the attempt is judged, so that a thousand at once gain nothing. */
export interface Limit {
  readonly name: string
  readonly most: number
  readonly minutes: number
}

/**
 * Values after OWASP's Authentication Cheat Sheet and NIST SP 800-63B section 5.2.2 (at most 100 failures in a row).
 * By mail: stops guessing one person's password from many addresses. By address: stops one machine that tries many
 * people; higher, as a whole office can stand behind one address.
 */
export const LOGIN_BY_MAIL: Limit = { name: 'login-mail', most: 10, minutes: 15 }
export const LOGIN_BY_ADDRESS: Limit = { name: 'login-address', most: 50, minutes: 15 }
/** Mails with links: nobody's inbox is to be filled with them. */
export const LINK_BY_MAIL: Limit = { name: 'link-mail', most: 3, minutes: 15 }
export const LINK_BY_ADDRESS: Limit = { name: 'link-address', most: 20, minutes: 15 }
/** Typing one's own password again, to change it or to delete the account. */
export const CONFIRM_BY_ACCOUNT: Limit = { name: 'confirm-account', most: 10, minutes: 15 }

/** Windows start at fixed times, so that all processes agree on them without talking. */
export function windowStart(limit: Limit, now: Temporal.Instant): Temporal.Instant {
  const length = limit.minutes * 60_000
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(now.epochMilliseconds / length) * length)
}

/** Minutes until the next window, at least 1. */
export function minutesToWait(limit: Limit, now: Temporal.Instant): number {
  const end = windowStart(limit, now).epochMilliseconds + limit.minutes * 60_000
  return Math.max(1, Math.ceil((end - now.epochMilliseconds) / 60_000))
}
