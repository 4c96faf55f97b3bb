import { describe, expect, it } from 'vitest'
import { smsText } from './mail-text.ts'
import { dialable, isMailAddress, isTelephone, oneLine, planDeliveries } from './notice.ts'

describe('a mail address', () => {
  it.each(['anna@musterstadt.example', 'a.b+c@x-y.example', 'jürgen@müller.example', 'o’neil@city.example'])(
    '%s is one',
    (text) => {
      expect(isMailAddress(text)).toBe(true)
    },
  )

  it.each([
    'anna', 'anna@', '@city.example', 'anna@city', 'a b@city.example', 'a@b@city.example', 'a@city..example', 'a@city.example.',
    'a@city.example\r\nBcc: all@city.example', 'a@city.example, b@city.example', 'Anna <a@city.example>', '"a b"@city.example',
    `${'a'.repeat(65)}@city.example`, `a@${'b'.repeat(250)}.example`,
  ])('%s is none, so that nobody can add a recipient or a header', (text) => {
    expect(isMailAddress(text)).toBe(false)
  }) // prettier-ignore
})

it.each([
  ['0711 12-34', '+497111234'],
  ['+49 (711) 1234', '+497111234'],
  ['0049 711 1234', '+497111234'],
])('the number %s is dialled as %s', (typed, dialled) => {
  expect(isTelephone(typed)).toBe(true)
  expect(dialable(typed)).toBe(dialled)
})

it('a subject stays one line', () => {
  expect(oneLine('Ihr Antrag\r\nBcc: x@y.example\u0000 ok')).toBe('Ihr Antrag Bcc: x@y.example ok')
})

describe('the ways of a notice', () => {
  it('go to inbox and mail where the person can be reached so', () => {
    expect(planDeliveries({}, { accountId: 'a', email: 'a@b.example' })).toEqual([
      { channel: 'inbox', problem: null },
      { channel: 'mail', problem: null },
    ])
  })

  it.each([
    ['+49 171 1234567', true],
    ['0151/2345678', true],
    ['07199 0485384', false],
    ['+43 664 1234567', false],
  ])('with an SMS for %s where it was asked for: %s', (telephone, wanted) => {
    const channels = planDeliveries({ sms: true }, { email: 'a@b.example', telephone }).map(({ channel }) => channel)
    expect(channels.includes('sms')).toBe(wanted)
    expect(planDeliveries({}, { email: 'a@b.example', telephone })).toHaveLength(1)
  })

  it('that nobody can be reached by are failures for staff to see', () => {
    expect(planDeliveries({ channels: ['mail', 'sms', 'inbox'] }, { email: 'none', telephone: 'abc' })).toEqual([
      { channel: 'mail', problem: 'address-not-valid' },
      { channel: 'sms', problem: 'address-not-valid' },
      { channel: 'inbox', problem: 'address-missing' },
    ])
  })
})

it('an SMS holds at most three joined messages, its link whole', () => {
  const link = { url: 'https://musterstadt.example/meine-antraege/BP-2026-000012-7', label: 'Zum Antrag' }
  const text = smsText({
    locale: 'de',
    city: 'Stadt Musterstadt',
    subject: 'Ihr Ausweis',
    paragraphs: ['wort '.repeat(300)],
    link,
    signature: [],
  })
  expect(text.length).toBeLessThanOrEqual(459)
  expect(text.endsWith(link.url)).toBe(true)
})

it('an SMS has no sign that would make it cost twice as much', () => {
  const text = smsText({
    locale: 'de',
    city: 'Stadt Musterstadt',
    subject: 'Ihr Termin „morgen“ – 8\u00A0Uhr',
    paragraphs: ['Bitte bringen Sie mit:\n– Ausweis\n– Größe ‚M‘ ', 'wort '.repeat(300)],
    link: { url: 'https://musterstadt.example/termine/1?code=a_b-c', label: 'Zum Termin' },
    signature: [],
  })
  expect(text).toMatch(/^[\w !"'(),./:;?=@€äöüÄÖÜß-]+$/)
  expect(text).toContain('Ihr Termin "morgen" - 8 Uhr.')
  expect(text).toContain('wort... https://')
  expect(text.length).toBeLessThanOrEqual(459)
})

it('an SMS counts a euro sign as the two characters that it takes', () => {
  const text = smsText({
    locale: 'de',
    city: 'Stadt Musterstadt',
    subject: 'Ihr Termin',
    paragraphs: ['5 € '.repeat(200)],
    link: null,
    signature: [],
  })
  expect(text.length + text.split('€').length - 1).toBeLessThanOrEqual(459)
  expect(text.length).toBeGreaterThan(300)
})
