import { describe, expect, test } from 'vitest'
import { apart } from './work.ts'

const teams = [
  { services: ['pass', 'ausweis', 'ummelden'] },
  { services: ['auto', 'kennzeichen'] },
  { services: ['ausweis', 'auto'] },
]

describe('several matters', () => {
  test.each([
    ['that one team does stay together', ['pass', 'ummelden'], null],
    ['of the same kind are one', ['boot', 'boot'], null],
    ['of two offices are two appointments', ['pass', 'auto'], [['pass'], ['auto']]],
    [
      'are as few appointments as will do',
      ['pass', 'auto', 'pass', 'ummelden'],
      [['pass', 'pass', 'ummelden'], ['auto']],
    ],
    ['that nobody does stand alone', ['boot', 'pass', 'ausweis'], [['pass', 'ausweis'], ['boot']]],
  ])('%s', (_words, services, parts) => {
    expect(apart(teams, services)).toEqual(parts)
  })
})
