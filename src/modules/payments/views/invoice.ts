import type { Ctx } from '#platform/context.ts'
import { formatDate, formatMoney } from '#platform/i18n/format.ts'
import { renderPdf } from '#platform/pdf/pdf.ts'
import { spacedIban, type BankAccount } from '../bank-account.ts'
import { isOutstanding } from '../domain/payment.ts'
import { spacedReference } from '../domain/reference.ts'
import type { PaymentRow } from '../store/payments.ts'
import { texts } from '../texts/index.ts'
import { giroCodeSvg } from './giro-code.ts'

const SOURCE = `
#let d = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 25mm, y: 22mm))
#set text(size: 11pt)
#set par(justify: false)
#grid(columns: (1fr, auto), gutter: 8mm,
  [#text(weight: "bold", size: 13pt)[#d.city] \\ #d.address],
  align(right)[#d.telephone \\ #d.email])
#v(14mm)
#d.labels.to \\ *#d.payer*
#v(10mm)
#heading(level: 1)[#d.labels.title]
#v(4mm)
#grid(columns: (45mm, 1fr), row-gutter: 3mm,
  d.labels.number, d.reference,
  d.labels.date, d.date,
  d.labels.description, d.purpose,
  d.labels.amount, strong(d.amount))
#v(3mm)
#text(size: 9pt)[#d.labels.vat]
#v(8mm)
#d.message
#if d.transfer != none {
  v(4mm)
  grid(columns: (1fr, 45mm), gutter: 8mm,
    grid(columns: (45mm, 1fr), row-gutter: 3mm,
      d.labels.holder, d.transfer.holder,
      d.labels.iban, d.transfer.iban,
      d.labels.reference, strong(d.reference)),
    figure(image(bytes(d.transfer.code), format: "svg", width: 40mm, alt: d.transfer.alt), caption: d.labels.code, numbering: none, supplement: none))
}
`

/** The invoice as PDF/UA, with a GiroCode while there is something to transfer. In the payer's language. */
export async function invoicePdf(
  ctx: Ctx,
  payment: PaymentRow,
  outstanding: number,
  account: BankAccount | null,
): Promise<Buffer> {
  const at = { locale: payment.locale }
  const { invoice: t, pay } = texts(at)
  const { contact } = ctx.tenant.theme
  const owed = isOutstanding(payment.state) && outstanding > 0
  const transfer = owed && account !== null
  const message = transfer
    ? t.please(formatMoney(at, outstanding), formatDate(at, payment.dueOn))
    : payment.state === 'cancelled' || payment.state === 'refunded'
      ? t.noLonger
      : owed
        ? pay.noWay
        : t.thanks
  return renderPdf({
    source: SOURCE,
    title: `${t.title} ${spacedReference(payment.reference)}`,
    locale: payment.locale,
    data: {
      city: ctx.tenant.name,
      address: `${contact.street}, ${contact.postcode} ${contact.place}`,
      telephone: contact.telephone,
      email: contact.email,
      payer: payment.payerName,
      reference: spacedReference(payment.reference),
      date: formatDate(at, payment.createdAt),
      purpose: payment.purpose,
      amount: formatMoney(at, payment.cents),
      message,
      labels: {
        title: t.title,
        number: t.number,
        date: t.date,
        to: t.to,
        description: t.description,
        amount: t.amount,
        vat: t.vat,
        code: t.code,
        holder: pay.holder,
        iban: pay.iban,
        reference: pay.reference,
      },
      transfer: transfer
        ? {
            holder: account.holder,
            iban: spacedIban(account.iban),
            code: await giroCodeSvg({
              account,
              cents: outstanding,
              reference: payment.reference,
              purpose: payment.purpose,
            }),
            alt: pay.giroCodeAlt(formatMoney(at, outstanding), spacedReference(payment.reference)),
          }
        : null,
    },
  })
}
