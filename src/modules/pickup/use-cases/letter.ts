import { caseByNumber, mayRead } from '#modules/cases/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { renderPdf } from '#platform/pdf/pdf.ts'
import { today } from '#platform/time/clock.ts'
import type { Document } from '../domain/document.ts'
import { texts } from '../texts/index.ts'
import { placeOf } from './messages.ts'

/** The address stands where envelopes have their window (DIN 5008, form B). */
const SOURCE = `
#let d = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 45mm, bottom: 25mm))
#set text(size: 11pt)
#set par(justify: false)
#block(height: 45mm)[
  #text(size: 8pt)[#d.sender]
  #v(2mm)
  #for line in d.to [#line \\ ]
]
#align(right)[#d.date]
#v(4mm)
#heading(level: 1)[#d.title]
#v(4mm)
#d.salutation
#for paragraph in d.paragraphs [

  #paragraph
]
#v(4mm)
#d.codeLabel
#block(stroke: 1pt, inset: 5mm)[#text(size: 20pt, weight: "bold", tracking: 1pt)[#d.code]]
#v(4mm)
#d.help
#v(6mm)
#d.closing \\ #d.office
`

/** In the person's language; their address is known where a case is, which the clerk may read. */
export async function pickupLetter(ctx: Ctx, document: Document, code: string): Promise<Buffer> {
  const { letter: t, messages, document: names } = texts(document)
  const where = await placeOf(ctx, document)
  const until = formatDate(document, document.collectBy)
  const title = messages.readySubject(names.named(document.title))
  const input = {
    source: SOURCE,
    title,
    locale: document.locale,
    data: {
      sender: `${ctx.tenant.name}, ${where.office}, ${where.address}`,
      to: [document.name, ...(await addressOf(ctx, document))],
      date: formatDate(document, today(ctx.clock)),
      title,
      salutation: t.salutation(document.name),
      paragraphs: [
        messages.ready(where, until),
        document.state === 'deposited' ? messages.atLocker : messages.atCounter,
      ],
      codeLabel: t.code,
      code,
      help: t.help(where.telephone),
      closing: t.closing,
      office: where.office,
    },
  }
  return renderPdf(input)
}

/** Street and place as the case has them, for the envelope's window. */
async function addressOf(ctx: Ctx, { caseNumber }: Document): Promise<string[]> {
  const kase = caseNumber === null ? null : await caseByNumber(ctx, caseNumber)
  if (!kase || !(await mayRead(ctx, kase))) return []
  const address = kase.answers['address']
  if (typeof address !== 'object' || address === null || !('street' in address)) return []
  const part = (name: string) => {
    const value = (address as Record<string, unknown>)[name]
    return typeof value === 'string' ? value : ''
  }
  return [`${part('street')} ${part('houseNumber')}`.trim(), `${part('postcode')} ${part('place')}`.trim()]
}
