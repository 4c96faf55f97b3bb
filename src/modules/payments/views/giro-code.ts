import { qrCodeSvg } from '#platform/html/qr-code.ts'
import type { BankAccount } from '../bank-account.ts'
import { giroCode } from '../domain/girocode.ts'

export interface GiroCodeInput {
  readonly account: BankAccount
  readonly cents: number
  readonly reference: string
  readonly purpose: string
}

/** The QR code that banking programs read, of version 13 at most (EPC069-12). */
export const giroCodeSvg = ({ account, ...payment }: GiroCodeInput): Promise<string> =>
  qrCodeSvg(giroCode({ holder: account.holder, iban: account.iban, bic: account.bic, ...payment }))
