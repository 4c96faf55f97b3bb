import { describe, expect, it } from 'vitest'
import { giroCode } from './girocode.ts'

const transfer = {
  holder: 'Stadt Musterstadt am Neckar',
  iban: 'DE02 1203 0000 0000 2020 51',
  bic: null,
  cents: 3070,
  reference: 'RF18539007547034',
  purpose: 'Bewohnerparkausweis S-AB 1234',
}

describe('the GiroCode', () => {
  it('has the eleven lines of EPC069-12, version 002', () => {
    expect(giroCode(transfer).split('\n')).toEqual([
      'BCD', '002', '1', 'SCT', '', 'Stadt Musterstadt am Neckar', 'DE02120300000000202051', 'EUR30.70', '', '',
      'RF18539007547034 Bewohnerparkausweis S-AB 1234',
    ]) // prettier-ignore
  })

  it('writes small amounts with both decimals', () => {
    expect(giroCode({ ...transfer, cents: 5 })).toContain('EUR0.05')
  })

  it('never grows past what banking apps must read: the purpose goes first', () => {
    const long = { ...transfer, holder: 'Ü'.repeat(90), purpose: 'ß'.repeat(200) }
    const code = giroCode(long)
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(331)
    expect(code.split('\n')[10]).toBe('RF18539007547034')
    expect(code.split('\n')[5]).toHaveLength(70)
  })

  it('does not let a line break in a purpose shift its lines', () => {
    expect(giroCode({ ...transfer, purpose: 'eins\nzwei' }).split('\n')).toHaveLength(11)
  })

  it('takes no amount of nothing', () => {
    expect(() => giroCode({ ...transfer, cents: 0 })).toThrow('0.01')
  })
})
