import { raw, html, type Html } from '#platform/html/html.ts'
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

/** As a picture with its name, for the page. The markup is made here from our own data, nothing typed is in it. */
export function giroCodeFigure(code: string, words: { alt: string; caption: string }): Html {
  const svg = code.replace('<svg ', `<svg role="img" aria-labelledby="girocode-alt" width="200" height="200" `)
  return html`<figure class="rh-figure"><span class="kern-sr-only" id="girocode-alt">${words.alt}</span>${raw(svg)}<figcaption class="kern-hint">${words.caption}</figcaption></figure>`
}
