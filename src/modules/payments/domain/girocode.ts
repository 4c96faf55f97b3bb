import { decimalFromCents } from '#platform/money/cents.ts'

export interface CreditTransfer {
  readonly holder: string
  readonly iban: string
  /** Needed for payees outside the European Economic Area alone; may be absent (version 002). */
  readonly bic: string | null
  readonly cents: number
  readonly reference: string
  readonly purpose: string
}

/** EPC069-12, section 2: at most 331 bytes in a QR code of version 13 with error correction M. */
const MOST_BYTES = 331

/**
 * Content of a GiroCode (EPC069-12 "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA
 * Credit Transfer", version 002, UTF-8). The reference stands in the unstructured line: the structured one is the
 * proper place, but several German banking apps drop what they find there, and then nobody knows whose money it is.
 */
export function giroCode(transfer: CreditTransfer): string {
  if (transfer.cents < 1 || transfer.cents > 99_999_999_999)
    throw new Error('a GiroCode takes 0.01 to 999999999.99 euros')
  const line = `${transfer.reference} ${transfer.purpose}`
  const code = (remittance: string) =>
    [
      'BCD',
      '002',
      '1',
      'SCT',
      transfer.bic ?? '',
      cut(transfer.holder, 70),
      transfer.iban.replace(/\s/g, ''),
      `EUR${decimalFromCents(transfer.cents)}`,
      '',
      '',
      cut(remittance, 140),
    ].join('\n')
  const full = code(line)
  if (Buffer.byteLength(full) <= MOST_BYTES) return full
  return code(transfer.reference)
}

const cut = (text: string, length: number): string => [...text.replace(/\s+/g, ' ').trim()].slice(0, length).join('')
