import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { painDocument, sepaText } from './pain.ts'
import { child, children, parseXml, textAt, type XmlNode, type XmlValue } from './xml.ts'

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

/**
 * Which elements stand in which, in this order (ISO 20022 pain.001.001.09: CustomerCreditTransferInitiationV09,
 * GroupHeader85, PaymentInstruction30, CreditTransferTransaction34), as far as SEPA transfers use them (EPC132-08).
 */
const ORDER: Readonly<Record<string, string>> = {
  Document: 'CstmrCdtTrfInitn',
  CstmrCdtTrfInitn: 'GrpHdr PmtInf+',
  GrpHdr: 'MsgId CreDtTm NbOfTxs CtrlSum? InitgPty',
  InitgPty: 'Nm? Id?',
  PmtInf:
    'PmtInfId PmtMtd BtchBookg? NbOfTxs? CtrlSum? PmtTpInf? ReqdExctnDt Dbtr DbtrAcct DbtrAgt UltmtDbtr? ChrgBr? CdtTrfTxInf+',
  PmtTpInf: 'InstrPrty? SvcLvl LclInstrm? CtgyPurp?',
  SvcLvl: 'Cd',
  ReqdExctnDt: 'Dt',
  Dbtr: 'Nm PstlAdr? Id?',
  DbtrAcct: 'Id Ccy?',
  CdtrAcct: 'Id',
  'DbtrAcct Id': 'IBAN',
  'CdtrAcct Id': 'IBAN',
  DbtrAgt: 'FinInstnId',
  FinInstnId: 'Othr',
  Othr: 'Id',
  CdtTrfTxInf: 'PmtId PmtTpInf? Amt ChrgBr? UltmtDbtr? CdtrAgt? Cdtr CdtrAcct UltmtCdtr? Purp? RmtInf?',
  PmtId: 'InstrId? EndToEndId',
  Amt: 'InstdAmt',
  Cdtr: 'Nm PstlAdr? Id?',
  RmtInf: 'Ustrd',
}
const text = (most: number) => new RegExp(`^[A-Za-z0-9/?:().,'+ -]{1,${most}}$`)
/** Identifiers neither begin nor end with a slash, nor hold two of them (EPC230-15). */
const identifier = /^(?!\/)(?!.*\/\/)[A-Za-z0-9/?:().,'+ -]{1,35}(?<!\/)$/
const amount = /^\d{1,9}\.\d\d$/
const iban = /^[A-Z]{2}\d\d[A-Z0-9]{1,30}$/
/** What stands in an element without others (simple types of the same schema, narrowed by EPC132-08). */
const WORDS: Readonly<Record<string, RegExp>> = {
  MsgId: identifier,
  PmtInfId: identifier,
  EndToEndId: identifier,
  CreDtTm: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  NbOfTxs: /^\d{1,15}$/,
  CtrlSum: /^\d{1,16}\.\d\d$/,
  Nm: text(70),
  PmtMtd: /^TRF$/,
  Cd: /^SEPA$/,
  Dt: /^\d{4}-\d\d-\d\d$/,
  IBAN: iban,
  Id: /^NOTPROVIDED$/,
  ChrgBr: /^SLEV$/,
  InstdAmt: amount,
  Ustrd: text(140),
}

/** Everything in which a document breaks the schema. */
function broken(name: string, value: XmlValue, parent = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => broken(name, one as XmlValue, parent))
  if (typeof value === 'string') return WORDS[name]?.test(value) ? [] : [`${name}: ${value}`]
  const node = value as XmlNode
  if (typeof node['#text'] === 'string' && node['@Ccy'] === 'EUR') return broken(name, node['#text'])
  const names = Object.keys(node).filter((key) => !key.startsWith('@'))
  const model = ORDER[`${parent} ${name}`] ?? ORDER[name] ?? ''
  const pattern = model.replace(/(\w+)(\+|\?)? ?/g, (_all, one: string, often = '') => `(?:${one} )${often}`)
  const wrong = new RegExp(`^${pattern}$`).test(names.map((one) => `${one} `).join(''))
    ? []
    : [`${name}: ${names.join()}`]
  return [...wrong, ...names.flatMap((one) => broken(one, node[one], name))]
}

function examined(document: string): string[] {
  const parsed = parseXml(Buffer.from(document))
  if (!parsed.ok) return [parsed.problem]
  return broken('Document', parsed.value['Document'])
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

  it('keeps to the schema: names, order, lengths, characters', () => {
    expect(examined(painDocument(file))).toEqual([])
    const turned = painDocument(file).replace(/(<Cdtr>[^]*?<\/Cdtr>)\s*(<CdtrAcct>[^]*?<\/CdtrAcct>)/, '$2$1')
    expect(examined(turned)).toEqual(['CdtTrfTxInf: PmtId,Amt,CdtrAcct,Cdtr,RmtInf'])
  })

  it('keeps to it whatever people are called and clerks write', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
    )
    const order = fc.record({
      endToEndId: fc.constant('ERST-0123456789AB'),
      cents: fc.integer({ min: 1, max: 99_999_999_999 }),
      name: words,
      iban: fc.constant('DE02120300000000202051'),
      remittance: words,
    })
    fc.assert(
      fc.property(words, fc.array(order, { minLength: 1, maxLength: 5 }), (name, orders) => {
        expect(examined(painDocument({ ...file, debtor: { ...file.debtor, name }, orders }))).toEqual([])
      }),
    )
  })

  it.each([
    ['Straße №5 – „Zürich“', 'Strasse 5 Zuerich'],
    ['Łukasz Øster', 'Lukasz Oster'],
    ['Đorđe Æther Œuvre', 'Dorde AEther OEuvre'],
    ['Ju\u0308rgen O’Neill', "Juergen O'Neill"],
    ['漢字', 'NOTPROVIDED'],
  ])('%s becomes %s, which every bank takes', (typed, sent) => {
    expect(sepaText(typed, 140)).toBe(sent)
  })

  it('cuts what is too long', () => {
    expect(sepaText('x'.repeat(80), 70)).toHaveLength(70)
  })
})
