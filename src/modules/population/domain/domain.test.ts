import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, type Claim, type RegisteredPerson } from './confirmation.ts'
import { compareNames } from './names.ts'

const name = (text: string) => {
  const [givenName, familyName] = text.split('/') as [string, string]
  return { givenName, familyName }
}

describe('the same name is known however it is written', () => {
  test.each([
    ['Anna/Becker', 'anna/BECKER'],
    ['Jürgen/Müller', 'Juergen/Mueller'],
    ['Jürgen/Müller', 'Jurgen/Muller'],
    ['Björn/Größer', 'Bjoern/Groesser'],
    ['Jürgen/Müller-Lüdenscheidt', 'Jürgen/Müller Lüdenscheidt'],
    ['Jürgen/Müller-Lüdenscheidt', 'Jürgen/Lüdenscheidt-Müller'],
    ['Zoë Marie/Weiß', 'Zoe/Weiss'],
    ['Zoë Marie/Weiß', 'Marie/Weiß'],
    ['Anne-Sophie/Roth', 'Anne Sophie/Roth'],
    ['Anne-Sophie/Roth', 'Annesophie/Roth'],
    ['Mehmet/Yılmaz', 'Mehmet/Yilmaz'],
    ['Łukasz/Wójcik', 'Lukasz/Wojcik'],
    ['Đorđe/Đorđević', 'Dorde/Dordevic'],
    ['Marlene/Vogt', 'Dr. Marlene/Vogt'],
    ['Anna/Becker', 'Becker/Anna'],
    ["Sean/O'Neill", 'Sean/ONeill'],
    ['Anna/Becker', ' Anna / Becker '],
  ])('%s and %s', (a, b) => {
    expect(compareNames(name(a), name(b))).toBe('same')
    expect(compareNames(name(b), name(a))).toBe('same')
  })

  test.each([
    ['Jürgen/Müller-Lüdenscheidt', 'Jürgen/Müller'],
    ['Anna/Becker', 'Anna/Beckr'],
    ['Anna/Becker', 'Anna/Bekcer'],
    ['Anna/Roth', 'Anna/Rot'],
    ['Anna/Rot', 'Anna/Roth'],
    ['Stefan/Koch', 'Stephan/Koch'].map((text) => text.replace('Stephan', 'Stefhan')),
  ])('%s and %s are for a person to judge', (a, b) => expect(compareNames(name(a!), name(b!))).toBe('similar'))

  test.each([
    ['Anna/Becker', 'Julia/Becker'],
    ['Anna/Becker', 'Anna/Fischer'],
    ['Ute/Roth', 'Uwe/Roth'],
    ['Anna/Becker', '/Becker'],
    ['Anna/Becker', '---/...'],
  ])('%s is not %s', (a, b) => expect(compareNames(name(a), name(b))).toBe('different'))

  test('a name is the same as itself, and comparing has no direction', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'e', 'ü', 'ß', 'Ł', '-', ' ', 'M', 'r'),
      minLength: 1,
      maxLength: 12,
    })
    const person = fc.record({ givenName: word, familyName: word })
    fc.assert(
      fc.property(person, person, (a, b) => {
        expect(compareNames(a, b)).toBe(compareNames(b, a))
        if (/\p{Letter}/u.test(a.givenName) && /\p{Letter}/u.test(a.familyName)) expect(compareNames(a, a)).toBe('same')
      }),
    )
  })
})

describe('the register', () => {
  const born = Temporal.PlainDate.from('1994-05-17')
  const anna: RegisteredPerson = {
    givenName: 'Anna',
    familyName: 'Becker',
    birthDate: born,
    street: 'Gerberstraße',
    houseNumber: '12',
    postcode: '73801',
    residence: 'main',
  }
  const claim: Claim = {
    givenName: 'Anna',
    familyName: 'Becker',
    birthDate: born,
    address: { street: 'Gerberstraße', houseNumber: '12' },
  }
  const sameHouse = (a: Claim['address'], b: Claim['address']) =>
    a.street === b.street && a.houseNumber === b.houseNumber
  const ask = (claim: Claim, people: RegisteredPerson[]) => judge(claim, people, sameHouse)

  test('confirms who is registered with the main residence', () => {
    expect(ask(claim, [anna])).toEqual({ outcome: 'confirmed', mainResidence: true, differences: [] })
  })

  test('tells a secondary residence, and prefers the main one where both are in the house', () => {
    expect(ask(claim, [{ ...anna, residence: 'secondary' }])).toMatchObject({
      outcome: 'confirmed',
      mainResidence: false,
    })
    expect(ask(claim, [{ ...anna, residence: 'secondary' }, anna])).toMatchObject({ mainResidence: true })
  })

  test('names one difference, and does not tell what it holds instead', () => {
    expect(ask(claim, [{ ...anna, street: 'Rosenweg' }])).toEqual({
      outcome: 'different',
      mainResidence: null,
      differences: ['address'],
    })
    expect(ask({ ...claim, familyName: 'Becke' }, [anna])).toEqual({
      outcome: 'different',
      mainResidence: true,
      differences: ['name'],
    })
    expect(ask({ ...claim, birthDate: born.add({ days: 1 }) }, [anna]).differences).toEqual(['birthDate'])
  })

  test('knows nobody where two things differ, or the name is another', () => {
    expect(ask({ ...claim, familyName: 'Becke' }, [{ ...anna, street: 'Rosenweg' }]).outcome).toBe('not-found')
    expect(ask({ ...claim, givenName: 'Julia' }, [anna]).outcome).toBe('not-found')
    expect(ask(claim, [])).toEqual({ outcome: 'not-found', mainResidence: null, differences: [] })
  })
})
