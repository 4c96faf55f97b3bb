import { describe, expect, test } from 'vitest'
import { callerOf, plainName, plainTelephone } from './typed-caller.ts'

describe('what a caller says', () => {
  test.each([
    ['Erika@Example.org', 'mail'],
    ['0f5b1a52-4d3f-4a9e-8f57-111111111111', 'number'],
    ['https://stadt.example/termine/0f5b1a52-4d3f-4a9e-8f57-111111111111', 'number'],
    ['+49 (0)171 / 2345678', 'telephone'],
    ['ABCD EFGH', 'name'],
    ['Müller-Lüdenscheidt', 'name'],
  ])('%s is looked for by %s', (typed, by) => expect(callerOf(typed)?.by).toBe(by))

  test.each(['', ' ', 'M', '@', '0171', '%', '__'])('"%s" is too little', (typed) => expect(callerOf(typed)).toBeNull())

  test.each(['0171 2345678', '+49 171 2345678', '0049 (0)171 2345678', '+49(0)171/2345678'])(
    '%s is one number however it is written',
    (typed) => expect(plainTelephone(typed)).toBe('1712345678'),
  )

  test('a name is found as people type it in a hurry', () => {
    expect(plainName('Yılmaz')).toBe(plainName('yilmaz'))
    expect(plainName('Jürgen Groß-Øster')).toBe('juergen gross oster')
  })

  test('a code of arrival is one in whichever form it is read', () => {
    expect(callerOf('abcd-2345')).toMatchObject({ by: 'name', arrivalCode: 'ABCD2345' })
  })
})
