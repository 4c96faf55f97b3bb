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
