/** Signs that turn the direction of what follows (Unicode Standard Annex 9, section 2); some address books copy names between two. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu

/** A name as it was typed or pasted, without what nobody sees who pastes it: signs of direction, and tabs of tables. */
export const typedName = (typed: string): string => typed.replaceAll(TURNS, '').replaceAll('\t', ' ').trim()

/**
 * What is wrong with a name, which stands in mails, calendars and on the clerk's desk. `missing`: nothing of it can be read.
 * `unreadable`: line ends and other control characters, also those that turn the direction of what stands beside it.
 */
export function wrongWithName(name: string): 'missing' | 'unreadable' | null {
  if (/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(name)) return 'unreadable'
  return /\p{L}/u.test(name) ? null : 'missing'
}
