import { html } from '#platform/html/html.ts'
import type { CounterpartTransaction } from './counterpart-transaction.ts'

const WORDS = {
  de: {
    title: 'Bezahldienst (Demo)',
    warning: 'Das ist ein Bezahldienst zum Ausprobieren. Es wird kein Geld bewegt.',
    purpose: 'Verwendungszweck',
    amount: 'Betrag',
    pay: 'Jetzt bezahlen',
    cancel: 'Abbrechen',
    fail: 'Zahlung scheitern lassen',
    done: 'Diese Zahlung ist abgeschlossen.',
    back: 'Zurück zur Stadt',
  },
  en: {
    title: 'Payment service (demo)',
    warning: 'This is a payment service to try things out. No money is moved.',
    purpose: 'Purpose',
    amount: 'Amount',
    pay: 'Pay now',
    cancel: 'Cancel',
    fail: 'Let the payment fail',
    done: 'This payment is finished.',
    back: 'Back to the city',
  },
}

const STYLE =
  'body{font:18px/1.5 sans-serif;margin:0;padding:24px;color-scheme:light dark}main{max-width:32em;margin:auto}' +
  'button,a{font:inherit;min-height:48px;padding:8px 20px;margin:8px 8px 8px 0}p.warning{border:3px solid;padding:12px}dt{font-weight:bold}'

/** The page on which people pay, fail or give up. */
export function counterpartPage(transaction: CounterpartTransaction): string {
  const locale = transaction.request['language'] === 'en' ? 'en' : 'de'
  const t = WORDS[locale]
  const amount = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'de-DE', {
    style: 'currency',
    currency: 'EUR',
  }).format(Number(transaction.request['grosAmount']))
  const button = (word: string, label: string) =>
    html`<form method="post" action="/pay/${transaction.id}/${word}"><button>${label}</button></form>`
  const buttons =
    transaction.status === 'INITIAL'
      ? html`${button('pay', t.pay)}${button('cancel', t.cancel)}${button('fail', t.fail)}`
      : html`<p>${t.done}</p><p><a href="${String(transaction.request['redirectUrl'])}">${t.back}</a></p>`
  return String(html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t.title}</title><style>${STYLE}</style></head>
<body><main><h1>${t.title}</h1><p class="warning">${t.warning}</p>
<dl><dt>${t.amount}</dt><dd>${amount}</dd><dt>${t.purpose}</dt><dd>${String(transaction.request['purpose'])} ${String(transaction.request['description'])}</dd></dl>
${buttons}</main></body></html>`)
}
