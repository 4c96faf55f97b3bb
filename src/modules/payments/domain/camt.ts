import { createHash } from 'node:crypto'
import { centsFromDecimal } from '#platform/money/cents.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import type { Statement, StatementEntry, StatementProblem } from './statement.ts'
import { child, children, parseXml, textAt, textsAt, type XmlNode } from './xml.ts'

/** Broken inside: thrown within this file alone, so that the reading code stays straight. */
class Incomplete extends Error {}

/**
 * Reads account statements after ISO 20022 camt.053, versions 02 (German banks until 2025) and 08 (since), as the German
 * banking industry's DFÜ agreement, annex 3, describes them. Pending entries (`PDNG`) are left out: they come again when booked.
 * @returns the statements, or in one word why the file is none
 */
export function readCamt053(bytes: Uint8Array): Result<readonly Statement[], StatementProblem> {
  const xml = parseXml(bytes)
  if (!xml.ok) return xml
  const document = child(xml.value, 'Document')
  const report = child(document, 'BkToCstmrStmt')
  if (report === undefined || typeof report === 'string') {
    const other = ['BkToCstmrAcctRpt', 'BkToCstmrDbtCdtNtfctn'].some((name) => child(document, name) !== undefined)
    return fail(other ? 'other-camt' : 'not-camt')
  }
  const namespace = textAt(document, '@xmlns')
  if (namespace !== '' && !/camt\.053\.001\.\d\d$/.test(namespace)) return fail('not-camt')
  try {
    const statements = children(report, 'Stmt').map(readStatement)
    if (statements.length === 0) return fail('incomplete', { detail: 'the file holds no statement' })
    const wrong = statements.find((statement) => !sumsAgree(statement))
    return wrong ? fail('sums-differ', { detail: `statement ${wrong.id}` }) : ok(statements)
  } catch (error) {
    if (error instanceof Incomplete) return fail('incomplete', { detail: error.message })
    throw error
  }
}

function readStatement(node: XmlNode): Statement {
  const account = child(node, 'Acct')
  const iban = textAt(account, 'Id', 'IBAN')
  if (iban === '') throw new Incomplete('a statement names no IBAN')
  const balances = children(node, 'Bal')
  const balance = (...codes: readonly string[]) => {
    const found = balances.find((one) => codes.includes(textAt(one, 'Tp', 'CdOrPrtry', 'Cd')))
    return found ? signed(found, 'Amt').cents : null
  }
  const known = new Map<string, number>()
  return {
    id: required(node, 'Id').slice(0, 100),
    iban: iban.replace(/\s/g, '').toUpperCase().slice(0, 34),
    currency: textAt(account, 'Ccy') || textAt(balances[0], 'Amt', '@Ccy') || 'EUR',
    from: dayAt(node, 'FrToDt', 'FrDtTm'),
    until: dayAt(node, 'FrToDt', 'ToDtTm'),
    openingCents: balance('OPBD', 'PRCD'),
    closingCents: balance('CLBD'),
    entries: children(node, 'Ntry')
      .filter(isBooked)
      .flatMap(readEntry)
      .map((entry) => numbered(entry, known)),
  }
}

/** Version 02 has the status as text, version 08 as a code below it. */
const isBooked = (entry: XmlNode) => (textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts')) === 'BOOK'

type Unnumbered = Omit<StatementEntry, 'key'> & { readonly identity: string }

function readEntry(node: XmlNode): Unnumbered[] {
  const whole = signed(node, 'Amt')
  const bookedOn = dayAt(node, 'BookgDt', 'Dt') ?? dayAt(node, 'BookgDt', 'DtTm')
  if (bookedOn === null) throw new Incomplete('an entry has no booking date')
  const reversal = ['true', '1'].includes(textAt(node, 'RvslInd'))
  const shared = {
    bookedOn,
    valueOn: dayAt(node, 'ValDt', 'Dt') ?? dayAt(node, 'ValDt', 'DtTm'),
    currency: whole.currency,
    reversal,
  }
  const entryReference = textAt(node, 'AcctSvcrRef')
  const details = children(node, 'NtryDtls').flatMap((group) => children(group, 'TxDtls'))
  const parts = details.map((detail) => partAmount(detail, whole))
  const split =
    details.length > 1 &&
    parts.every((part) => part !== null) &&
    parts.reduce((sum, part) => sum + part!, 0) === whole.cents
  if (!split)
    return [
      transaction(
        details.length === 1 ? details[0]! : node,
        { ...shared, cents: whole.cents, entryReference, collective: details.length > 1 },
        node,
      ),
    ]
  return details.map((detail, index) =>
    transaction(
      detail,
      { ...shared, cents: parts[index]!, entryReference: `${entryReference}/${index + 1}`, collective: false },
      node,
    ),
  )
}

/** Amount of one transaction of a collective entry, in the entry's currency and direction; null where the file does not tell. */
function partAmount(detail: XmlNode, whole: { cents: number; currency: string }): number | null {
  for (const path of [['Amt'], ['AmtDtls', 'TxAmt', 'Amt'], ['AmtDtls', 'InstdAmt', 'Amt']] as const) {
    const cents = centsFromDecimal(textAt(detail, ...path))
    if (cents === null || textAt(detail, ...path, '@Ccy') !== whole.currency) continue
    const direction = textAt(detail, 'CdtDbtInd')
    return direction === '' ? Math.sign(whole.cents) * cents : direction === 'CRDT' ? cents : -cents
  }
  return null
}

function transaction(
  detail: XmlNode,
  shared: Pick<StatementEntry, 'bookedOn' | 'valueOn' | 'currency' | 'reversal' | 'cents' | 'collective'> & {
    entryReference: string
  },
  entry: XmlNode,
): Unnumbered {
  const { entryReference, ...rest } = shared
  // Whose money it was before this movement: of a credit the debtor, of a debit and of a returned credit the creditor's side.
  const side = rest.cents > 0 === !rest.reversal ? 'Dbtr' : 'Cdtr'
  const parties = child(detail, 'RltdPties')
  const endToEndId = textAt(detail, 'Refs', 'EndToEndId')
  const remittance = [
    ...textsAt(child(detail, 'RmtInf'), 'Ustrd'),
    ...children(child(detail, 'RmtInf'), 'Strd').map((structured) => textAt(structured, 'CdtrRefInf', 'Ref')),
    endToEndId === 'NOTPROVIDED' ? '' : endToEndId,
    textAt(detail, 'AddtlTxInf'),
    detail === entry ? textAt(entry, 'AddtlNtryInf') : '',
  ].filter(Boolean)
  const reference = textAt(detail, 'Refs', 'AcctSvcrRef') || entryReference
  const party = textAt(parties, side, 'Pty', 'Nm') || textAt(parties, side, 'Nm')
  const partyIban = textAt(parties, `${side}Acct`, 'Id', 'IBAN').replace(/\s/g, '')
  return {
    ...rest,
    party: party.slice(0, 140),
    partyIban: partyIban === '' ? null : partyIban.slice(0, 34),
    remittance: remittance.join(' ').slice(0, 1000),
    endToEndId: endToEndId === '' || endToEndId === 'NOTPROVIDED' ? null : endToEndId.slice(0, 140),
    bankReference: reference === '' || reference.startsWith('/') ? null : reference.slice(0, 140),
    identity: JSON.stringify([
      reference.startsWith('/') ? '' : reference,
      rest.bookedOn.toString(), rest.valueOn?.toString() ?? '', rest.cents, rest.currency, rest.reversal, endToEndId, party, partyIban, remittance,
    ]), // prettier-ignore
  }
}

/** Two movements that are alike in everything (twice the same amount from the same person on one day) are told apart by their order. */
function numbered({ identity, ...entry }: Unnumbered, known: Map<string, number>): StatementEntry {
  const n = (known.get(identity) ?? 0) + 1
  known.set(identity, n)
  return { ...entry, key: createHash('sha256').update(`${identity}#${n}`).digest('hex') }
}

function signed(node: XmlNode, name: string): { cents: number; currency: string } {
  const cents = centsFromDecimal(textAt(node, name))
  const direction = textAt(node, 'CdtDbtInd')
  if (cents === null || cents < 0) throw new Incomplete('an amount is none')
  if (direction !== 'CRDT' && direction !== 'DBIT') throw new Incomplete('an amount says neither credit nor debit')
  return { cents: direction === 'CRDT' ? cents : 0 - cents, currency: textAt(node, name, '@Ccy') || 'EUR' }
}

function required(node: XmlNode, name: string): string {
  const text = textAt(node, name)
  if (text === '') throw new Incomplete(`${name} is missing`)
  return text
}

/** The day of a date or of a time with or without zone, as the bank wrote it. */
function dayAt(node: XmlNode, ...path: readonly string[]): Temporal.PlainDate | null {
  const text = textAt(node, ...path)
  if (text === '') return null
  if (!/^(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)/.test(text)) throw new Incomplete(`${path.at(-1)} is no date`)
  try {
    return Temporal.PlainDate.from(text.slice(0, 10), { overflow: 'reject' })
  } catch {
    throw new Incomplete(`${path.at(-1)} is no date`)
  }
}

/** Opening balance and entries make the closing balance; a file where they do not was cut or changed on its way. */
function sumsAgree(statement: Statement): boolean {
  if (statement.openingCents === null || statement.closingCents === null) return true
  if (statement.entries.some((entry) => entry.currency !== statement.currency)) return true
  return (
    statement.openingCents + statement.entries.reduce((sum, entry) => sum + entry.cents, 0) === statement.closingCents
  )
}
