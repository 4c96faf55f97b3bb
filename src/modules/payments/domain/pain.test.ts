import { describe, expect, it } from 'vitest'
import { painDocument, sepaText } from './pain.ts'
import { child, children, parseXml, textAt } from './xml.ts'

const file = {
  id: 'ERST-2026-11-21',
  at: Temporal.Instant.from('2026-11-21T09:30:00Z'),
  on: Temporal.PlainDate.from('2026-11-23'),
  debtor: { name: 'Stadt Musterstadt am Neckar', iban: 'DE02120300000000202051' },
  orders: [
    {
      endToEndId: 'ERST-1',
      cents: 1250,
      name: 'Jürgen Groß & Söhne <GmbH>',
      iban: 'DE02500105170137075030',
      remittance: 'Rückgabe Ausweis',
    },
    { endToEndId: 'ERST-2', cents: 5, name: 'Zoë Şahin', iban: 'DE02120300000000202051', remittance: '' },
  ],
}

describe('the file of transfers', () => {
  it('counts and sums its orders, in the order of the list', () => {
    const parsed = parseXml(Buffer.from(painDocument(file)))
    if (!parsed.ok) throw new Error(parsed.problem)
    const head = child(parsed.value, 'Document', 'CstmrCdtTrfInitn', 'GrpHdr')
    expect([textAt(head, 'NbOfTxs'), textAt(head, 'CtrlSum')]).toEqual(['2', '12.55'])
    const info = child(parsed.value, 'Document', 'CstmrCdtTrfInitn', 'PmtInf')
    expect(
      children(info, 'CdtTrfTxInf').map((one) => [
        textAt(one, 'PmtId', 'EndToEndId'),
        textAt(one, 'Amt', 'InstdAmt'),
        textAt(one, 'Cdtr', 'Nm'),
      ]),
    ).toEqual([
      ['ERST-1', '12.50', 'Juergen Gross Soehne GmbH'],
      ['ERST-2', '0.05', 'Zoe Sahin'],
    ])
  })

  it('uses only characters that every bank takes', () => {
    expect(sepaText('Straße №5 – „Zürich“', 140)).toBe('Strasse 5 Zuerich')
    expect(sepaText('漢字', 70)).toBe('NOTPROVIDED')
    expect(sepaText('x'.repeat(80), 70)).toHaveLength(70)
  })
})
