import { redirect, type Cookie, type Reply } from './reply.ts'
import type { Req } from './route.ts'

/** How long a device remembers a code: it may be a computer in a library. */
const SECONDS = 30 * 60

const kinds: string[] = []

/** The code that a link of this city carries for one thing, a case or a payment, to whoever has no account. */
export interface LinkCode {
  /** What this device remembers; '' where nothing is, or a code stands in the address and counts first. */
  remembered(req: Pick<Req, 'query' | 'cookies'>, thing: string): string
  /** @param seconds where what it opens ends sooner than a device forgets */
  remember(thing: string, code: string, seconds?: number): Cookie
  forget(thing: string): Cookie
  /** The address of this request without its code, which becomes a cookie. */
  withoutCode(req: Pick<Req, 'url'>, thing: string, code: string): Reply
}

/**
 * A link with a code in it shows nothing: the code becomes a cookie of its own for that one thing, so that it stays in no
 * address bar, no history and no bookmark, and two things can be open beside each other.
 */
export function linkCode(name: string): LinkCode {
  kinds.push(name)
  const remember = (thing: string, code: string, maxAge = SECONDS): Cookie => ({
    name: `${name}_${thing}`,
    value: code,
    maxAge,
  })
  return {
    remember,
    forget: (thing) => ({ name: `${name}_${thing}`, value: null }),
    remembered: (req, thing) => (req.query['code'] === undefined ? (req.cookies[`${name}_${thing}`] ?? '') : ''),
    withoutCode: (req, thing, code) => redirect(stripped(req.url), [remember(thing, code)]),
  }
}

/** Everything that links opened on this device, cases and payments alike: who leaves a computer in a library leaves all. */
export const forgetLinkCodes = (req: Pick<Req, 'cookies'>): readonly Cookie[] =>
  Object.keys(req.cookies)
    .filter((cookie) => kinds.some((kind) => cookie.startsWith(`${kind}_`)))
    .map((cookie) => ({ name: cookie, value: null }))

function stripped(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  searchParams.delete('code')
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams.toString()}`
}
