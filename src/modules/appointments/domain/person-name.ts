/**
 * What is wrong with a name, which stands in mails, calendars and on the clerk's desk. `missing`: nothing of it can be read.
 * `unreadable`: line ends and other control characters, also those that turn the direction of what stands beside it
 * (Unicode Standard Annex 9, section 2).
 */
export function wrongWithName(name: string): 'missing' | 'unreadable' | null {
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name)) return 'unreadable'
  return /\p{L}/u.test(name) ? null : 'missing'
}
