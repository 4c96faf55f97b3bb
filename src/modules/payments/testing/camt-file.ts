import { decimalFromCents } from '#platform/money/cents.ts'

/** One movement of a statement that a test or the demo city makes. */
export interface CamtMovement {
  /** Signed; money out is negative. */
  readonly cents: number
  readonly remittance?: string
  readonly structured?: string
  readonly endToEndId?: string
  readonly party?: string
  readonly partyIban?: string
  readonly bankReference?: string | null
  readonly currency?: string
  readonly reversal?: boolean
  readonly status?: 'BOOK' | 'PDNG'
}

export interface CamtFile {
  readonly id?: string
  readonly iban: string
  readonly on: string
  readonly movements: readonly CamtMovement[]
  readonly version?: '02' | '08'
  readonly openingCents?: number
  /** Right by itself; set it to make a file that was damaged. */
  readonly closingCents?: number
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A CAMT.053 file as a German bank writes it. */
export function camtFile(file: CamtFile): string {
  const version = file.version ?? '08'
  const opening = file.openingCents ?? 1_000_000
  const booked = file.movements.filter((one) => one.status !== 'PDNG')
  const closing = file.closingCents ?? opening + booked.reduce((sum, one) => sum + one.cents, 0)
  const balance = (code: string, cents: number) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(cents, 'EUR')}<Dt><Dt>${file.on}</Dt></Dt></Bal>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}">
<BkToCstmrStmt><GrpHdr><MsgId>${file.id ?? 'M1'}</MsgId><CreDtTm>${file.on}T23:00:00</CreDtTm></GrpHdr>
<Stmt><Id>${file.id ?? 'S1'}</Id><CreDtTm>${file.on}T23:00:00</CreDtTm>
<Acct><Id><IBAN>${file.iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
${balance('OPBD', opening)}${balance('CLBD', closing)}
${file.movements.map((one, index) => entry(one, index, file.on, version)).join('\n')}
</Stmt></BkToCstmrStmt></Document>
`
}

const amount = (cents: number, currency: string) =>
  `<Amt Ccy="${currency}">${decimalFromCents(Math.abs(cents))}</Amt><CdtDbtInd>${cents < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`

function entry(one: CamtMovement, index: number, on: string, version: string): string {
  const status = one.status ?? 'BOOK'
  const reference = one.bankReference === undefined ? `${on}-${index + 1}` : one.bankReference
  const side = one.cents > 0 === !one.reversal ? 'Dbtr' : 'Cdtr'
  const name = `<Nm>${escape(one.party ?? 'Anna Becker')}</Nm>`
  return `<Ntry>${amount(one.cents, one.currency ?? 'EUR')}${one.reversal ? '<RvslInd>true</RvslInd>' : ''}
<Sts>${version === '08' ? `<Cd>${status}</Cd>` : status}</Sts>
<BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>${reference === null ? '' : `<AcctSvcrRef>${reference}</AcctSvcrRef>`}
<NtryDtls><TxDtls><Refs><EndToEndId>${escape(one.endToEndId ?? 'NOTPROVIDED')}</EndToEndId></Refs>
<RltdPties><${side}>${version === '08' ? `<Pty>${name}</Pty>` : name}</${side}>${one.partyIban ? `<${side}Acct><Id><IBAN>${one.partyIban}</IBAN></Id></${side}Acct>` : ''}</RltdPties>
<RmtInf>${one.remittance === undefined ? '' : `<Ustrd>${escape(one.remittance)}</Ustrd>`}${one.structured === undefined ? '' : `<Strd><CdtrRefInf><Ref>${escape(one.structured)}</Ref></CdtrRefInf></Strd>`}</RmtInf>
</TxDtls></NtryDtls></Ntry>`
}
