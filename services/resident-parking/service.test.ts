import { describe, expect, test } from 'vitest'
import {
  evaluate,
  feeFor,
  feelAnswers,
  loadServiceFolder,
  validateAnswers,
  type Answers,
} from '#modules/services/public.ts'
import { renderPdf } from '#platform/pdf/pdf.ts'

const def = loadServiceFolder('services/resident-parking')
const today = Temporal.PlainDate.from('2026-11-21')
const file = '01a1fc2a-618d-7254-9179-b44152ff30f5'

const answers = (more: object = {}): Answers =>
  ({
    person: { givenName: 'Anna', familyName: 'Becker', birthDate: '1990-02-03' },
    address: { street: 'Lindenstraße', houseNumber: '12a', postcode: '70999', place: 'Musterstadt' },
    contact: { email: 'anna@example.org' },
    vehicle: { plate: 's-ab1234', keeper: 'self' },
    certificate: [file],
    permit: { startDate: '2026-12-01', months: '12' },
    register: true,
    truthful: true,
    ...more,
  }) as Answers
const check = (given: Answers) => validateAnswers(def, given, { locale: 'de', today })

/** What the system does first, with these outcomes of the checks. */
function after(resident: string, zone: string, duplicate: string, keeper = 'self'): string | undefined {
  const scope = {
    answers: feelAnswers(def, answers({ vehicle: { plate: 'S-AB 1234', keeper } })),
    findings: Object.fromEntries(
      Object.entries({ resident, zone, duplicate }).map(([name, outcome]) => [name, { outcome, data: null }]),
    ),
  }
  return def.workflow.transitions.find(
    ({ from, by, on, when }) =>
      from.includes('received') && by === 'system' && !on && (when === undefined || evaluate(when, scope) === true),
  )?.name
}

describe('applying for a resident parking permit', () => {
  test('keeps the plate as it is written on the car', () => {
    const checked = check(answers())
    expect(checked.ok && checked.value['vehicle']).toEqual({ plate: 'S-AB 1234', keeper: 'self' })
  })

  test.each([
    ['a plate that is none', { vehicle: { plate: 'S-1', keeper: 'self' } }, 'vehicle/plate'],
    ['a start in the past', { permit: { startDate: '2026-11-20', months: '12' } }, 'permit/startDate'],
    ['a start in four months', { permit: { startDate: '2027-03-21', months: '12' } }, 'permit/startDate'],
    ['a child', { person: { givenName: 'Kim', familyName: 'B', birthDate: '2015-01-01' } }, 'person/birthDate'],
    ['no registration certificate', { certificate: [] }, 'certificate'],
    ['somebody else’s car without a permission', { vehicle: { plate: 'S-AB 1', keeper: 'other' } }, 'keeperPermission'],
    ['no consent to ask the register', { register: false }, 'register'],
  ])('%s is refused', (_what, more, at) => {
    const checked = check(answers(more))
    expect(checked.ok ? [] : Object.keys(checked.fields ?? {})).toEqual([at])
  })

  test('if everything matches, the fee is asked for without a clerk', () => {
    expect(after('ok', 'ok', 'ok')).toBe('ask-for-money')
  })

  test.each([
    ['the register does not confirm the person', ['unclear', 'ok', 'ok'], 'check-resident'],
    ['it is a secondary residence', ['no', 'ok', 'ok'], 'check-resident'],
    ['the house lies in no zone', ['ok', 'no', 'ok'], 'check-zone'],
    ['the person has a permit already', ['ok', 'ok', 'unclear'], 'check-duplicate'],
    ['the register does not answer', ['unavailable', 'ok', 'ok'], 'check-by-hand'],
    ['the car is registered for somebody else', ['ok', 'ok', 'ok', 'other'], 'check-keeper'],
  ] as const)('it goes to a clerk with the reason, if %s', (_what, [resident, zone, duplicate, keeper], transition) => {
    expect(after(resident, zone, duplicate, keeper)).toBe(transition)
    const found = def.workflow.transitions.find(({ name }) => name === transition)
    expect(found?.to).toBe('review')
    expect(def.texts.de.transitions[transition]?.reason).toBeTruthy()
  })

  test('the same car in the same zone and time is refused', () => {
    expect(after('ok', 'ok', 'no')).toBe('refuse-duplicate')
  })

  test('every permission to grant leads through the payment', () => {
    const leadToGrant = def.workflow.transitions.filter(({ to }) => to === 'granted')
    expect(leadToGrant.map(({ from, on }) => [from, on])).toEqual([
      [['payment'], 'payment-received'],
      [['taken'], undefined],
    ])
    const leadToTaken = def.workflow.transitions.filter(({ to }) => to === 'taken')
    expect(leadToTaken.map(({ from, on }) => [from, on])).toEqual([[['payment'], 'payment-received']])
  })

  test.each([
    ['2026-12-31', 30_70],
    ['2027-01-01', 120_00],
  ])('an application received on %s costs %d cents for a year', (day, cents) => {
    expect(feeFor(def, answers(), Temporal.PlainDate.from(day))).toMatchObject({ ok: true, value: { cents } })
  })

  test.each(['de', 'en'] as const)('a refusal is a letter as PDF/UA in %s', async (locale) => {
    const letter = def.letters.find(({ name }) => name === 'refusal')!
    const pdf = await renderPdf({
      source: letter.source,
      title: def.texts[locale].letters['refusal']!.title,
      locale,
      data: {
        today: '21. November 2026',
        city: { name: 'Musterstadt', street: 'Marktplatz 1', postcode: '70999', place: 'Musterstadt' },
        unit: null,
        case: { number: 'BPA-2026-000001-4' },
        applicant: { name: 'Anna Becker' },
        answers: { ...answers(), vehicle: { plate: 'S-AB 1234' } },
        input: { grounds: 'Weil die Adresse in keiner Zone liegt.', duplicate: false },
        texts: def.texts[locale].letters['refusal'],
      },
    })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })
})
