import { raw, html, type Html } from '#platform/html/html.ts'
import type { BankAccount } from '../bank-account.ts'
import { giroCode } from '../domain/girocode.ts'

export interface GiroCodeInput {
  readonly account: BankAccount
  readonly cents: number
  readonly reference: string
  readonly purpose: string
}

/** QR code of version 13 at most with error correction M, as EPC069-12 wants; black on white, with its quiet zone. */
export async function giroCodeSvg({ account, ...payment }: GiroCodeInput): Promise<string> {
  // Loaded by the first code: the library knows a hundred kinds of barcodes and is large.
  const { toSVG } = await import('bwip-js/node')
  const text = giroCode({ holder: account.holder, iban: account.iban, bic: account.bic, ...payment })
  // `eclevel` belongs to the QR encoder; the library's types name only what all its barcodes share.
  const options = { bcid: 'qrcode', text, eclevel: 'M', scale: 2, padding: 8, backgroundcolor: 'FFFFFF' }
  return toSVG(options)
}

/** As a picture with its name, for the page. The markup is made here from our own data, nothing typed is in it. */
export function giroCodeFigure(code: string, words: { alt: string; caption: string }): Html {
  const svg = code.replace('<svg ', `<svg role="img" aria-labelledby="girocode-alt" width="200" height="200" `)
  return html`<figure class="rh-figure"><span class="kern-sr-only" id="girocode-alt">${words.alt}</span>${raw(svg)}<figcaption class="kern-hint">${words.caption}</figcaption></figure>`
}
