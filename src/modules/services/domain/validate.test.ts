import fc from 'fast-check'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { Answers } from './answers.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Field } from './form-definition.ts'
import { feeFor } from './fees.ts'
import { jsonSchemaOf } from './schema.ts'
import { summaryOf } from './summary.ts'
import { pruneAnswers, validateAnswers, visibleSteps } from './validate.ts'
import { loadServiceFolder } from '../loader/folder.ts'

const today = Temporal.PlainDate.from('2026-11-21')
const dogs = loadServiceFolder('services/dog-registration')
const parking = loadServiceFolder('services/resident-parking')

/** A form of these fields, with words that nobody reads. */
function formOf(...fields: readonly (Partial<Field> & { name: string; type: string })[]): ServiceDefinition {
  const items = fields.map(
    (field) => ({ required: true, checks: [], ...defaults[field.type], ...field }) as unknown as Field,
  )
  return { ...dogs, form: { steps: [{ name: 'all', items, checks: [] }] } }
}

const defaults: Record<string, object> = {
  text: { min: 0, max: 20, lines: 1 },
  number: { min: 0, max: 100, decimals: 0, hasUnit: false },
  money: { min: 0, max: 100_00 },
  choice: { options: ['a', 'b'], multiple: false, look: 'buttons' },
  address: { of: 'any' },
  file: { kinds: ['application/pdf'], maxBytes: 1000, min: 1, max: 2 },
  computed: { required: false, format: 'money', shown: true },
}

const check = (def: ServiceDefinition, answers: unknown) => validateAnswers(def, answers, { locale: 'de', today })
const fieldsOf = (def: ServiceDefinition, answers: unknown) => {
  const result = check(def, answers)
  return result.ok ? {} : (result.fields ?? {})
}

describe('answers', () => {
  test('come back normalised', () => {
    const def = formOf(
      { name: 'plate', type: 'plate' },
      { name: 'iban', type: 'iban' },
      { name: 'phone', type: 'telephone' },
      { name: 'many', type: 'choice', multiple: true } as never,
      { name: 'text', type: 'text' },
    )
    expect(
      check(def, {
        plate: 's-ab1234',
        iban: 'de02 1203 0000 0000 2020 51',
        phone: '0711 123456',
        many: ['b', 'a'],
        text: ' u\u0308 ',
      }),
    ).toEqual({
      ok: true,
      value: { plate: 'S-AB 1234', iban: 'DE02120300000000202051', phone: '+49711123456', many: ['a', 'b'], text: 'ü' },
    })
  })

  test.each([
    [{ autocomplete: 'bday' }, '27.3.1985'],
    [{ latest: 'today' }, '27.3.2024'],
    [{}, '27.3.2027'],
  ])('a date of %j gets an example that would be taken', (more, example) => {
    const def = formOf({ name: 'x', type: 'date', ...more } as never)
    expect(fieldsOf(def, { x: '2026-02-30' })['x']).toContain(`zum Beispiel ${example}.`)
  })

  test.each([
    ['date', '2026-02-30', 'Bitte geben Sie bei „x“ ein Datum ein, das es gibt, zum Beispiel 27.3.2027.'],
    ['plate', 'AUTO', 'Geben Sie das Kennzeichen so ein: S-AB 1234'],
    ['iban', 'DE00', 'Bitte prüfen Sie die IBAN. Eine deutsche IBAN beginnt mit DE und hat 22 Zeichen.'],
    ['mail', 'a@b', 'Geben Sie die E-Mail-Adresse so ein: name@beispiel.de'],
    ['telephone', '12', 'Geben Sie die Telefonnummer mit Vorwahl ein, zum Beispiel 0711 123456.'],
    ['money', 12.5, 'Bitte geben Sie bei „x“ einen Betrag ein, zum Beispiel 12,50.'],
    ['money', 100_01, '„x“ darf höchstens 100,00\u00a0€ sein.'],
    ['number', '12', 'Bitte geben Sie bei „x“ eine ganze Zahl ein.'],
    ['number', -1, '„x“ muss mindestens 0 sein.'],
    ['number', Number.NaN, 'Bitte geben Sie bei „x“ eine ganze Zahl ein.'],
    ['text', 'a'.repeat(21), '„x“ darf höchstens 20 Zeichen lang sein.'],
    ['text', 'M\ufffdller', '„x“ enthält Zeichen, die wir nicht lesen können. Bitte tippen Sie den Text neu ein.'],
    ['choice', 'c', 'Bitte wählen Sie bei „x“ eine der Möglichkeiten.'],
    ['consent', false, 'Bitte bestätigen Sie: „x“'],
    ['file', ['a', 'b', 'c'], 'Sie können höchstens 2 Dateien hochladen.'],
  ])('of type %s: %j is refused and says what to do', (type, value, message) => {
    expect(fieldsOf(formOf({ name: 'x', type: type as Field['type'] }), { x: value })).toEqual({ x: message })
  })

  test('20 characters are 20, whatever they are made of', () => {
    expect(check(formOf({ name: 'x', type: 'text' }), { x: '😀'.repeat(20) }).ok).toBe(true)
  })

  test('that nobody asked for are refused, but of thousands only some are listed', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f${at}`, 1]))
    const fields = fieldsOf(formOf({ name: 'x', type: 'text' }), { x: 'a', ...many })
    expect(Object.keys(fields).length).toBeLessThanOrEqual(50)
    expect(Object.keys(fields).length).toBeGreaterThan(10)
  })

  test('of a depth that nobody asked for are refused at the top', () => {
    let deep: unknown = 1
    for (let level = 0; level < 5000; level++) deep = { deep }
    expect(Object.keys(fieldsOf(formOf({ name: 'x', type: 'text' }), { x: deep }))).toEqual(['x'])
  })

  test('with names of JSON pointers are pointed to as RFC 6901 says', () => {
    expect(Object.keys(fieldsOf(formOf({ name: 'x', type: 'text', required: false }), { 'a/b~c': 1 }))).toEqual([
      'a~1b~0c',
    ])
  })
})

describe('conditions', () => {
  const def = formOf(
    { name: 'kind', type: 'choice' },
    { name: 'why', type: 'text', visibleIf: 'answers.kind = "b"' },
    { name: 'more', type: 'text', required: false, requiredIf: 'answers.why != null' },
    { name: 'until', type: 'date', required: false, earliest: 'today', latest: 'today + duration("P3M")' } as never,
    { name: 'fee', type: 'computed', value: 'if answers.kind = "b" then 1.15 * 150 else null' } as never,
  )

  test('leave out what they hide, even if it was answered', () => {
    expect(check(def, { kind: 'a', why: 'secret' })).toEqual({ ok: true, value: { kind: 'a' } })
    expect(pruneAnswers(def, { kind: 'a', why: 'secret' }, today)).toEqual({ kind: 'a' })
  })

  test('ask for what they show', () => {
    expect(Object.keys(fieldsOf(def, { kind: 'b' }))).toEqual(['why'])
    expect(Object.keys(fieldsOf(def, { kind: 'b', why: 'x' }))).toEqual(['more'])
    expect(check(def, { kind: 'b', why: 'x', more: 'y' })).toEqual({
      ok: true,
      // 172.5 cents, half up.
      value: { kind: 'b', why: 'x', more: 'y', fee: 173 },
    })
  })

  test('limit days', () => {
    expect(fieldsOf(def, { kind: 'a', until: '2026-11-20' })).toEqual({
      until: '„until“ darf nicht vor dem 21. November 2026 liegen.',
    })
    expect(fieldsOf(def, { kind: 'a', until: '2027-02-22' })).toEqual({
      until: '„until“ darf nicht nach dem 21. Februar 2027 liegen.',
    })
    expect(check(def, { kind: 'a', until: '2027-02-21' }).ok).toBe(true)
  })

  test('a computed value that is sent is worked out anew', () => {
    expect(check(def, { kind: 'a', fee: 1 })).toEqual({ ok: true, value: { kind: 'a' } })
  })

  test('hide whole pages', () => {
    const names = (answers: Answers) => visibleSteps(dogs, answers, today).map((step) => step.name)
    expect(names({ exemption: 'none' })).not.toContain('exemption-proof')
    expect(names({ exemption: 'rescue' })).toContain('exemption-proof')
  })
})

describe('the JSON Schema of a service', () => {
  const compile = (def: ServiceDefinition) => {
    const validator = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true })
    // The package is CommonJS: its types name the module where the function is.
    ;(addFormats as unknown as (ajv: Ajv2020) => void)(validator)
    return validator.compile(jsonSchemaOf(def, 'de'))
  }

  test('is one that a strict reader takes', () => {
    for (const def of [dogs, parking]) expect(() => compile(def)).not.toThrow()
  })

  /** Types for which the schema says everything that validation asks for. */
  const structural = formOf(
    { name: 'text', type: 'text' },
    { name: 'maybe', type: 'text', required: false },
    { name: 'code', type: 'text', pattern: '[0-9]{3}', required: false } as never,
    { name: 'whole', type: 'number' },
    { name: 'cents', type: 'money', required: false },
    { name: 'day', type: 'date', required: false },
    { name: 'one', type: 'choice' },
    { name: 'many', type: 'choice', multiple: true } as never,
    { name: 'files', type: 'file', required: false },
    { name: 'agree', type: 'consent' },
    { name: 'home', type: 'address', required: false },
  )
  const accepts = compile(structural)

  const id = '01a1fc2a-618d-7254-9179-b44152ff30f5'
  const plain = fc.constantFrom(
    '',
    ' ',
    'a',
    'Straße',
    '123',
    '12',
    'x'.repeat(20),
    'x'.repeat(21),
    'ü 1',
    5,
    null,
    true,
    [],
    {},
  )
  const record = fc.record(
    {
      text: plain,
      maybe: plain,
      code: fc.constantFrom('123', '12', '1234', 'abc', 1),
      whole: fc.constantFrom(0, 1, 100, 101, -1, 1.5, '1', null),
      cents: fc.constantFrom(0, 1, 100_00, 100_01, 0.5, '5'),
      day: fc.constantFrom('2026-02-28', '2026-02-30', '2028-02-29', '27.3.2027', '', 1),
      one: fc.constantFrom('a', 'b', 'c', '', ['a'], 1),
      many: fc.constantFrom(['a'], ['a', 'b'], ['b', 'a'], [], ['a', 'a'], ['c'], 'a'),
      files: fc.constantFrom([id], [], [id, id], ['x'], id),
      agree: fc.constantFrom(true, false, 'true', 1),
      home: fc.constantFrom(
        { street: 'Lindenstraße', houseNumber: '12a', postcode: '70173', place: 'Musterstadt' },
        { street: 'Lindenstraße', houseNumber: '12a', postcode: '7017', place: 'Musterstadt' },
        { street: 'Lindenstraße', houseNumber: 'a', postcode: '70173', place: 'Musterstadt' },
        { street: 'Lindenstraße', postcode: '70173', place: 'Musterstadt' },
        { street: 'Lindenstraße', houseNumber: '1', postcode: '70173', place: 'Musterstadt', floor: 1 },
        'Lindenstraße 12a',
      ),
      unknown: fc.constant(1),
    },
    { requiredKeys: [] },
  )

  test('accepts and refuses what validation accepts and refuses', () => {
    fc.assert(
      fc.property(record, (answers) => {
        expect({ answers, accepted: accepts(answers) }).toEqual({ answers, accepted: check(structural, answers).ok })
      }),
      { numRuns: 3000 },
    )
  })

  test('accepts whatever validation accepts, for real services, too', () => {
    const accepted = compile(parking)
    const answers = {
      person: { givenName: 'Anna', familyName: 'Becker', birthDate: '1990-02-03' },
      address: { street: 'Lindenstraße', houseNumber: '12a', postcode: '70173', place: 'Musterstadt' },
      contact: { email: 'a@example.org' },
      vehicle: { plate: 'S-AB 1234', keeper: 'self' },
      certificate: [id],
      permit: { startDate: '2026-12-01', months: '12' },
      register: true,
      truthful: true,
    }
    expect(check(parking, answers).ok).toBe(true)
    expect(accepted(answers)).toBe(true)
    expect(accepted({ ...answers, vehicle: { plate: 'S-AB 1234' } })).toBe(false)
  })
})

describe('checking once more', () => {
  test('what was accepted changes nothing', () => {
    const answers = fc.record({
      person: fc.record({
        givenName: fc.constantFrom('Anna', ' Änne '),
        familyName: fc.constant('Becker'),
        birthDate: fc.constant('1990-02-03'),
      }),
      address: fc.constant({ street: 'Lindenstraße', houseNumber: '12a', postcode: '70173', place: 'Musterstadt' }),
      contact: fc.record({ email: fc.constantFrom('A@EXAMPLE.org', 'b@example.org') }),
      dogsBefore: fc.integer({ min: 0, max: 3 }),
      dogs: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }).map((chips) =>
        chips.map((chip) => ({
          callName: 'Rex',
          breed: 'Pudel',
          kind: chip % 2 ? 'listed' : 'ordinary',
          chip: `27609810612345${chip}`,
          acquiredOn: '2026-10-01',
        })),
      ),
      exemption: fc.constant('none'),
      payBy: fc.constant('invoice'),
      truthful: fc.constant(true),
    })
    fc.assert(
      fc.property(answers, (given) => {
        const once = check(dogs, given)
        expect(once.ok).toBe(true)
        if (!once.ok) return
        expect(check(dogs, once.value)).toEqual(once)
        // The tax is worked out by the same rule in the form and in the table of fees.
        const fee = feeFor(dogs, once.value, today)
        expect(fee.ok && fee.value.cents).toBe(once.value['tax'])
        expect(summaryOf(dogs, once.value, 'en').length).toBeGreaterThan(3)
      }),
    )
  })
})

describe('a fee', () => {
  const answers = (months: string) => ({ permit: { startDate: '2026-12-01', months } }) as Answers

  test.each([
    ['2026-12-31', '6', 1540],
    ['2026-12-31', '12', 3070],
    ['2026-12-31', '24', 6140],
    ['2027-01-01', '6', 6000],
    ['2027-01-01', '12', 12000],
  ])('on %s for %s months is %d cents', (day, months, cents) => {
    expect(feeFor(parking, answers(months), Temporal.PlainDate.from(day))).toMatchObject({
      ok: true,
      value: { cents, name: 'permit' },
    })
  })

  test('does not exist before the first table, nor by another name', () => {
    expect(feeFor(parking, answers('12'), Temporal.PlainDate.from('2019-12-31'))).toMatchObject({
      ok: false,
      problem: 'no-fee',
    })
    expect(feeFor(parking, answers('12'), today, 'dog')).toMatchObject({ ok: false, problem: 'no-fee' })
  })
})
