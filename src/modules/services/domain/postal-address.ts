import type { AddressAnswer } from './answers.ts'
import type { IssueCode } from './issue.ts'
import { cleanText, lengthOf } from './plain-text.ts'
import { good, bad, type Read } from './read.ts'

export const ADDRESS_PARTS = ['street', 'houseNumber', 'postcode', 'place'] as const
export type AddressPart = (typeof ADDRESS_PARTS)[number]

const LONGEST = 80

/** What each part must be; German postcodes have five digits. */
export const ADDRESS_RULES: Record<AddressPart, { readonly code: IssueCode; readonly pattern: RegExp }> = {
  street: { code: 'street', pattern: /^(?=.*\p{L}).{2,80}$/u },
  houseNumber: { code: 'house-number', pattern: /^[0-9]{1,4}( ?[A-Za-z])?( ?[-/+] ?[0-9]{1,4}( ?[A-Za-z])?)?$/ },
  postcode: { code: 'postcode', pattern: /^[0-9]{5}$/ },
  place: { code: 'place', pattern: /^(?=.*\p{L}).{2,80}$/u },
}

/** An address of `{ street, houseNumber, postcode, place }`; each part that does not fit is its own issue. */
export function readAddress(value: unknown): Read {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad('wrong-type')
  const given = value as Record<string, unknown>
  const kept: Record<string, string> = {}
  const issues: { code: IssueCode; at?: string }[] = []
  for (const part of ADDRESS_PARTS) {
    const text = readPart(given[part], ADDRESS_RULES[part].pattern)
    if (text === null) issues.push({ code: ADDRESS_RULES[part].code, at: part })
    else kept[part] = text
  }
  for (const name of Object.keys(given)) {
    if (!(ADDRESS_PARTS as readonly string[]).includes(name)) issues.push({ code: 'unknown', at: name })
  }
  if (issues.length > 0) return { ok: false, issues: issues.slice(0, 10) }
  return good(kept)
}

function readPart(value: unknown, pattern: RegExp): string | null {
  if (typeof value !== 'string') return null
  const clean = cleanText(value, 1)
  return clean.ok && lengthOf(clean.value) <= LONGEST && pattern.test(clean.value) ? clean.value : null
}

/** 'Lindenstraße 12a, 70000 Musterstadt' */
export function showAddress(address: AddressAnswer): string {
  return `${address.street} ${address.houseNumber}, ${address.postcode} ${address.place}`
}
