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

const def = loadServiceFolder('services/dog-registration')
const today = Temporal.PlainDate.from('2026-11-21')

const dog = (chip: number, kind = 'ordinary') => ({
  callName: 'Rex',
  breed: 'Pudel',
  kind,
  chip: `27609810612345${chip}`,
  acquiredOn: '2026-10-01',
})
const answers = (more: object = {}): Answers =>
  ({
    person: { givenName: 'Anna', familyName: 'Becker', birthDate: '1990-02-03' },
    address: { street: 'Lindenstraße', houseNumber: '12a', postcode: '70999', place: 'Musterstadt' },
    contact: { email: 'anna@example.org' },
    dogsBefore: 0,
    dogs: [dog(1)],
    exemption: 'none',
    payBy: 'invoice',
    truthful: true,
    ...more,
  }) as Answers
const check = (given: Answers) => validateAnswers(def, given, { locale: 'de', today })

describe('registering a dog', () => {
  test.each([
    ['the first dog', { dogs: [dog(1)] }, 120_00],
    ['a further dog', { dogsBefore: 1, dogs: [dog(1)] }, 240_00],
    ['two dogs at once', { dogs: [dog(1), dog(2)] }, 360_00],
    ['a listed dog', { dogs: [dog(1, 'listed')] }, 720_00],
    ['a listed dog and a first one', { dogs: [dog(1, 'listed'), dog(2)] }, 840_00],
  ])('%s costs its tax for a year (demo values)', (_what, more, cents) => {
    const checked = check(answers(more))
    expect(checked.ok && checked.value['tax']).toBe(cents)
    expect(checked.ok && feeFor(def, checked.value, today)).toMatchObject({ ok: true, value: { cents } })
  })

  test('with an exemption is free of tax, and needs proof', () => {
    const exempt = answers({ exemption: 'rescue' })
    const checked = check(exempt)
    expect(checked.ok ? {} : checked.fields).toEqual({
      exemptionProof: 'Bitte laden Sie bei „Nachweis“ eine Datei hoch.',
    })
    expect(feeFor(def, exempt, today)).toMatchObject({ value: { cents: 0 } })
  })

  test.each([
    ['a child', { person: { givenName: 'Kim', familyName: 'Becker', birthDate: '2010-02-03' } }, 'person/birthDate'],
    ['the same chip twice', { dogs: [dog(1), dog(1)] }, 'dogs'],
    ['a chip with 14 digits', { dogs: [{ ...dog(1), chip: '27609810612345' }] }, 'dogs/0/chip'],
    ['a dog from tomorrow', { dogs: [{ ...dog(1), acquiredOn: '2026-11-22' }] }, 'dogs/0/acquiredOn'],
    ['no dog at all', { dogs: [] }, 'dogs'],
    ['six dogs', { dogs: [1, 2, 3, 4, 5, 6].map((chip) => dog(chip)) }, 'dogs'],
  ])('%s is refused', (_what, more, at) => {
    const checked = check(answers(more))
    expect(checked.ok ? [] : Object.keys(checked.fields ?? {})).toEqual([at])
  })

  test('goes to a clerk only if an exemption is asked for', () => {
    const first = (exemption: string) =>
      def.workflow.transitions.find(
        ({ from, by, when }) =>
          from.includes('received') &&
          by === 'system' &&
          (when === undefined || evaluate(when, { answers: feelAnswers(def, answers({ exemption })) }) === true),
      )
    expect(first('none')?.to).toBe('registered')
    expect(first('shelter')?.to).toBe('review')
  })

  test.each(['de', 'en'] as const)('ends with a notice as PDF/UA in %s', async (locale) => {
    const letter = def.letters.find(({ name }) => name === 'tax-notice')!
    const pdf = await renderPdf({
      source: letter.source,
      title: def.texts[locale].letters['tax-notice']!.title,
      locale,
      data: {
        locale,
        today: '21. November 2026',
        city: { name: 'Musterstadt', street: 'Marktplatz 1', postcode: '70999', place: 'Musterstadt' },
        unit: null,
        case: { number: 'HUN-2026-000001-4' },
        applicant: { name: 'Anna Becker' },
        answers: answers(),
        input: { tax: 120_00, exempt: false, grounds: 'Weil kein Nachweis da war.' },
        texts: def.texts[locale].letters['tax-notice'],
      },
    })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })
})
