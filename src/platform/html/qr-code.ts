import { html, raw, type Html } from './html.ts'

/**
 * QR code (ISO/IEC 18004) as SVG, black on white with its quiet zone; error correction M: what hangs behind glass is read
 * at an angle, and EPC069-12 wants it for payments.
 */
export async function qrCodeSvg(text: string): Promise<string> {
  // Loaded by the first code: the library knows a hundred kinds of barcodes and is large.
  const { toSVG } = await import('bwip-js/node')
  // `eclevel` belongs to the QR encoder; the library's types name only what all its barcodes share.
  const options = { bcid: 'qrcode', text, eclevel: 'M', scale: 2, padding: 8, backgroundcolor: 'FFFFFF' }
  return toSVG(options)
}

/** A code of `qrCodeSvg` as a picture with its name; what is said in it stands beside it, too. */
export function qrFigure(code: string, o: { id: string; alt: string; caption: string | Html }): Html {
  const svg = code.replace('<svg ', `<svg role="img" aria-labelledby="${o.id}" width="200" height="200" `)
  return html`<figure class="rh-figure"><span class="kern-sr-only" id="${o.id}">${o.alt}</span>${raw(svg)}<figcaption class="kern-hint">${o.caption}</figcaption></figure>`
}
