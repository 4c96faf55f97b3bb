import type { Ctx } from '#platform/context.ts'
import { section } from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'
import { qrCodeSvg, qrFigure } from '#platform/html/qr-code.ts'
import { spacedArrivalCode } from '../domain/booking.ts'
import { texts } from '../texts/index.ts'

/** What to show at the terminal or at the counter: a machine reads the picture, a person types the signs beside it. */
export async function arrivalSection(ctx: Ctx, code: string): Promise<Html> {
  const t = texts(ctx).booking
  const figure = qrFigure(await qrCodeSvg(code), {
    id: 'ankunft-code',
    alt: t.arrivalAlt,
    caption: html`<strong class="ap-code">${spacedArrivalCode(code)}</strong>`,
  })
  return section({ title: t.arrival, id: 'ankunft' }, html`<p>${t.arrivalBody}</p>`, figure)
}
