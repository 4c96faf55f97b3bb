import { create } from 'xmlbuilder2'
import { decimalFromCents } from '#platform/money/cents.ts'

export interface TransferOrder {
  readonly endToEndId: string
  readonly cents: number
  readonly name: string
  readonly iban: string
  readonly remittance: string
}

/**
 * Credit transfers for the city's banking program: ISO 20022 pain.001.001.09, as the German banking industry's DFÜ
 * agreement, annex 3, wants it for SEPA transfers (one payment information block, `SLEV`, no BICs).
 */
export function painDocument(file: {
  readonly id: string
  readonly at: Temporal.Instant
  readonly on: Temporal.PlainDate
  readonly debtor: { readonly name: string; readonly iban: string }
  readonly orders: readonly TransferOrder[]
}): string {
  const count = String(file.orders.length)
  const sum = decimalFromCents(file.orders.reduce((total, order) => total + order.cents, 0))
  return create(
    { version: '1.0', encoding: 'UTF-8' },
    {
      Document: {
        '@xmlns': 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09',
        CstmrCdtTrfInitn: {
          GrpHdr: {
            MsgId: file.id,
            CreDtTm: file.at.toString({ smallestUnit: 'second' }),
            NbOfTxs: count,
            CtrlSum: sum,
            InitgPty: { Nm: sepaText(file.debtor.name, 70) },
          },
          PmtInf: {
            PmtInfId: file.id,
            PmtMtd: 'TRF',
            NbOfTxs: count,
            CtrlSum: sum,
            PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
            ReqdExctnDt: { Dt: file.on.toString() },
            Dbtr: { Nm: sepaText(file.debtor.name, 70) },
            DbtrAcct: { Id: { IBAN: file.debtor.iban } },
            DbtrAgt: { FinInstnId: { Othr: { Id: 'NOTPROVIDED' } } },
            ChrgBr: 'SLEV',
            CdtTrfTxInf: file.orders.map((order) => ({
              PmtId: { EndToEndId: order.endToEndId },
              Amt: { InstdAmt: { '@Ccy': 'EUR', '#': decimalFromCents(order.cents) } },
              Cdtr: { Nm: sepaText(order.name, 70) },
              CdtrAcct: { Id: { IBAN: order.iban } },
              RmtInf: { Ustrd: sepaText(`${order.endToEndId} ${order.remittance}`, 140) },
            })),
          },
        },
      },
    },
  ).end({ prettyPrint: true })
}

/** What is written out, and letters that lose no mark because they carry none in Unicode's eyes: Łukasz, Øster, Đorđe. */
const LETTERS: Readonly<Record<string, string>> = {
  ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L',
  đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'TH', ı: 'i', '’': "'",
} // prettier-ignore

/** The characters that every SEPA bank takes (EPC217-08); umlauts are written out, others lose their marks. */
export function sepaText(text: string, length: number): string {
  const plain = text
    .normalize('NFC')
    .replace(/[^ -~]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.slice(0, length).trim() || 'NOTPROVIDED'
}
