import { domainToASCII } from 'node:url'

/** Longest address that fits into a mail's envelope (RFC 5321 section 4.5.3.1.3, less the angle brackets). */
export const MAIL_MAX = 254

/**
 * The one form in which an address is kept and compared: composed letters, small letters, domain in ASCII (IDNA).
 * null where it is none. Accepts letters of all scripts before the @ (RFC 6531).
 * The city always writes to this form and never to what was typed, so that look-alike letters cannot divert a mail.
 */
export function normalizeMail(typed: string): string | null {
  const text = typed.trim().normalize('NFKC').toLowerCase()
  if (text.length > MAIL_MAX) return null
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || local.length > 64 || !LOCAL.test(local) || local.includes('..')) return null
  const domain = domainToASCII(text.slice(at + 1))
  if (!DOMAIN.test(domain)) return null
  const mail = `${local}@${domain}`
  return mail.length > MAIL_MAX ? null : mail
}

// Both are one character class with a length: no nesting, so no input makes them slow.
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-][\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]*(?<!\.)$/u
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/
