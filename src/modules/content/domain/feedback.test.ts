import { describe, expect, it } from 'vitest'
import { LONGEST_MESSAGE, readAnswer, readFeedback } from './feedback.ts'

const typed = { about: '', message: 'Der Knopf fehlt.', name: '', email: '' }

describe('a report of a barrier', () => {
  it('needs no more than the barrier', () => {
    expect(readFeedback({ ...typed, message: ' Der Knopf fehlt. ' })).toEqual({ ok: true, value: typed })
  })

  it.each([
    [{ message: '  ' }, { message: 'missing' }],
    [{ message: 'x'.repeat(LONGEST_MESSAGE + 1) }, { message: 'too-long' }],
    [{ name: 'x'.repeat(201) }, { name: 'too-long' }],
    [{ about: 'x'.repeat(201) }, { about: 'too-long' }],
    [{ email: 'anna' }, { email: 'not-an-address' }],
    [{ email: 'anna@example' }, { email: 'not-an-address' }],
    [{ email: 'a@b@c.de' }, { email: 'not-an-address' }],
    [
      { email: 'x'.repeat(200) + '@b.de', message: '' },
      { email: 'too-long', message: 'missing' },
    ],
  ])('is refused with the field that is wrong: %o', (part, errors) => {
    expect(readFeedback({ ...typed, ...part })).toMatchObject({ ok: false, problem: 'invalid-input', errors })
  })
})

describe('an answer', () => {
  it.each([
    ['', 'missing'],
    [' \n ', 'missing'],
    ['x'.repeat(LONGEST_MESSAGE + 1), 'too-long'],
  ])('is refused where it says nothing or too much', (answer, problem) => {
    expect(readAnswer(answer)).toMatchObject({ ok: false, problem })
  })

  it('is taken without blanks at its ends', () => {
    expect(readAnswer(' Danke. ')).toEqual({ ok: true, value: 'Danke.' })
  })
})
