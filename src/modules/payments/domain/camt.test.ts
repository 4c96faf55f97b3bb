import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { camtFile } from '../testing/camt-file.ts'
import { readCamt053 } from './camt.ts'
import type { Statement } from './statement.ts'

const IBAN = 'DE02120300000000202051'
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding)
const file = (more: Partial<Parameters<typeof camtFile>[0]> = {}) =>
  camtFile({
    iban: IBAN,
    on: '2026-11-20',
    movements: [{ cents: 3000, remittance: 'RF18 5390', party: 'Müller & Söhne' }],
    ...more,
  })

function read(text: string): readonly Statement[] {
  const result = readCamt053(bytes(text))
  if (!result.ok) throw new Error(`${result.problem}: ${result.detail}`)
  return result.value
}

const problemOf = (content: Uint8Array) => {
  const result = readCamt053(content)
  return result.ok ? 'ok' : result.problem
}

describe('a statement of the bank', () => {
  it.each(['02', '08'] as const)('is read in version %s', (version) => {
    const [statement] = read(file({ version, id: '2026-224' }))
    expect(statement).toMatchObject({
      id: '2026-224',
      iban: IBAN,
      currency: 'EUR',
      openingCents: 1_000_000,
      closingCents: 1_003_000,
    })
    expect(statement!.entries).toHaveLength(1)
    expect(statement!.entries[0]).toMatchObject({
      cents: 3000,
      party: 'Müller & Söhne',
      remittance: 'RF18 5390',
      reversal: false,
      endToEndId: null,
    })
    expect(String(statement!.entries[0]!.bookedOn)).toBe('2026-11-20')
  })

  it('tells reference, structured reference and end-to-end reference in one line', () => {
    const [statement] = read(
      file({ movements: [{ cents: 1, remittance: 'eins', structured: 'RF18539007547034', endToEndId: 'drei' }] }),
    )
    expect(statement!.entries[0]!.remittance).toBe('eins RF18539007547034 drei')
  })

  it('leaves out what is only pending', () => {
    expect(read(file({ movements: [{ cents: 5, status: 'PDNG' }] }))[0]!.entries).toEqual([])
  })

  it('knows a movement again in another file, and tells twins on one day apart', () => {
    const twin = { cents: 3000, remittance: 'x', bankReference: null }
    const one = read(file({ id: 'A', movements: [twin, twin] }))[0]!.entries
    const again = read(file({ id: 'B', movements: [twin, twin] }))[0]!.entries
    expect(new Set(one.map((entry) => entry.key)).size).toBe(2)
    expect(again.map((entry) => entry.key)).toEqual(one.map((entry) => entry.key))
  })

  it('splits a collective entry into its transactions', () => {
    const part = (cents: string, text: string) =>
      `<TxDtls><Amt Ccy="EUR">${cents}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`
    const whole = file({ movements: [{ cents: 5000 }] }).replace(
      /<TxDtls>[\s\S]*<\/TxDtls>/,
      part('20.00', 'a') + part('30.00', 'b'),
    )
    expect(read(whole)[0]!.entries.map(({ cents, remittance, collective }) => [cents, remittance, collective])).toEqual(
      [
        [2000, 'a', false],
        [3000, 'b', false],
      ],
    )
    const wrong = file({ movements: [{ cents: 5000 }] }).replace(
      /<TxDtls>[\s\S]*<\/TxDtls>/,
      part('20.00', 'a') + part('29.00', 'b'),
    )
    expect(read(wrong)[0]!.entries).toMatchObject([{ cents: 5000, collective: true }])
  })

  it('keeps the debtor of a returned credit', () => {
    const [entry] = read(file({ movements: [{ cents: -3000, reversal: true, party: 'Anna Becker' }] }))[0]!.entries
    expect(entry).toMatchObject({ cents: -3000, reversal: true, party: 'Anna Becker' })
  })

  it('is read in the encoding that it declares', () => {
    const latin = bytes(file().replace('UTF-8', 'ISO-8859-1'), 'latin1')
    const result = readCamt053(latin)
    expect(result.ok && result.value[0]!.entries[0]!.party).toBe('Müller & Söhne')
  })
})

describe('a file that is no statement', () => {
  it.each([
    ['nothing', '', 'not-xml'],
    ['a letter', 'Sehr geehrte Damen und Herren', 'not-xml'],
    ['CSV', 'Buchungstag;Betrag\n20.11.2026;30,00', 'not-xml'],
    ['a PDF', '%PDF-1.7\n1 0 obj', 'not-xml'],
    ['a page', '<html><body><p>Kontoauszug</p></body></html>', 'not-camt'],
    [
      'a payment order',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn/></Document>',
      'not-camt',
    ],
    [
      'a report of the day (camt.052)',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"><BkToCstmrAcctRpt/></Document>',
      'other-camt',
    ],
    ['XML that was cut off', file().slice(0, 900), 'not-xml'],
    ['XML with a DOCTYPE', `<!DOCTYPE a [<!ENTITY x "y">]>${file()}`, 'not-xml'],
    [
      'XML with a DOCTYPE behind its declaration',
      file().replace('?>', '?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'),
      'has-doctype',
    ],
    ['a statement without account', file().replace(/<IBAN>.*?<\/IBAN>/, ''), 'incomplete'],
    ['an amount with letters', file().replace('30.00', '30.0x'), 'incomplete'],
    ['an amount with a fraction of a cent', file().replace('30.00', '30.005'), 'incomplete'],
    ['30 February', file({ on: '2026-02-30' }), 'incomplete'],
    ['balances that do not fit', file({ closingCents: 7 }), 'sums-differ'],
    ['an encoding that is none', file().replace('UTF-8', 'EBCDIC-9'), 'encoding'],
    ['a NUL', file().replace('RF18', 'RF\u0000'), 'encoding'],
  ])('%s', (_what, text, problem) => {
    expect(problemOf(bytes(text))).toBe(problem)
  })

  it('is not read where its bytes are not its encoding', () => {
    expect(problemOf(bytes(file(), 'latin1'))).toBe('encoding')
  })

  it('is refused when it begins a million elements and ends none, at once', () => {
    expect(problemOf(bytes(`<?xml version="1.0"?>${'<a '.repeat(1_000_000)}`))).toBe('not-xml')
  })

  it('is refused when it nests a hundred thousand levels deep, at once', () => {
    const began = performance.now()
    expect(problemOf(bytes('<Document>' + '<a>'.repeat(100_000) + '</a>'.repeat(100_000) + '</Document>'))).toBe(
      'too-deep',
    )
    expect(performance.now() - began).toBeLessThan(1000)
  })

  it('is refused when it is larger than any statement', () => {
    expect(problemOf(Buffer.alloc(20_000_001, 32))).toBe('too-large')
  })

  it('gets an answer and never an error of the program, whatever was changed in it', () => {
    const text = file({ movements: [{ cents: 3000 }, { cents: -10, reversal: true }] })
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(60), fc.string({ maxLength: 20 }), (at, length, instead) => {
        const changed = text.slice(0, at) + instead + text.slice(at + length)
        expect(typeof problemOf(bytes(changed))).toBe('string')
      }),
      { numRuns: 1000 },
    )
  })

  it('gets an answer for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (some) => problemOf(some) !== 'ok'))
  })
})
