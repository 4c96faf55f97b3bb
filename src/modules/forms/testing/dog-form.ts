import type { Fields } from '#src/testing/handle.ts'
import type { Browser } from './browser.ts'
import { HOME } from './street.ts'

/** What people type on the pages of the dog registration. */
export const OWNER: Fields = {
  'person/givenName': 'Anna',
  'person/familyName': 'Becker',
  'person/birthDate.day': '3',
  'person/birthDate.month': '2',
  'person/birthDate.year': '1990',
  'address/street': 'Lindenstr.',
  'address/houseNumber': '12 A',
}

export const dog = (at: number, name: string, chip: string): Fields => ({
  [`dogs/${at}/callName`]: name,
  [`dogs/${at}/breed`]: 'Pudel',
  [`dogs/${at}/kind`]: 'ordinary',
  [`dogs/${at}/chip`]: chip,
  [`dogs/${at}/acquiredOn.day`]: '1',
  [`dogs/${at}/acquiredOn.month`]: '10',
  [`dogs/${at}/acquiredOn.year`]: '2026',
})

export const REX = { dogsBefore: '0', ...dog(0, 'Rex', '276098106123456') }

export async function begin(browser: Browser, query = ''): Promise<void> {
  await browser.post(`/antrag/dog-registration${query}`, {})
}

/** To the summary, on the shortest way. */
export async function fillIn(browser: Browser, email = 'anna@example.org'): Promise<void> {
  await begin(browser)
  await browser.submit(OWNER)
  await browser.submit({ 'contact/email': email })
  await browser.submit(REX)
  await browser.submit({ exemption: 'none' })
  await browser.submit({ payBy: 'invoice' })
}

/** The same as JSON. */
export const dogAnswers = (more: object = {}): Record<string, unknown> => ({
  person: { givenName: 'Anna', familyName: 'Becker', birthDate: '1990-02-03' },
  address: { ...HOME },
  contact: { email: 'anna@example.org' },
  dogsBefore: 0,
  dogs: [{ callName: 'Rex', breed: 'Pudel', kind: 'ordinary', chip: '276098106123456', acquiredOn: '2026-10-01' }],
  exemption: 'none',
  payBy: 'invoice',
  truthful: true,
  ...more,
})
