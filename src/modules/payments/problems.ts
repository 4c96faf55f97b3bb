import type { ProblemText } from '#platform/module.ts'

export const problems: Readonly<Record<string, ProblemText>> = {
  'online-not-available': {
    status: 409,
    title: { de: 'Online bezahlen ist hier nicht möglich', en: 'Paying online is not possible here' },
    advice: { de: 'Bitte überweisen Sie den Betrag.', en: 'Please transfer the amount.' },
  },
  'provider-unavailable': {
    status: 503,
    title: {
      de: 'Der Bezahldienst ist gerade nicht erreichbar',
      en: 'The payment service cannot be reached at the moment',
    },
    advice: {
      de: 'Versuchen Sie es in einigen Minuten noch einmal, oder überweisen Sie.',
      en: 'Try again in a few minutes, or make a transfer.',
    },
  },
  'payment-settled': {
    status: 409,
    title: { de: 'Hier ist nichts mehr zu bezahlen', en: 'There is nothing more to pay here' },
    advice: { de: 'Sie müssen nichts tun.', en: 'There is nothing to do.' },
  },
  'nothing-to-order': {
    status: 409,
    title: { de: 'Zurzeit ist nichts zu überweisen', en: 'There is nothing to transfer at the moment' },
    advice: {
      de: 'In die Datei kommen beschlossene Erstattungen, deren IBAN bekannt ist.',
      en: 'The file takes refunds that are decided and whose IBAN is known.',
    },
  },
  'notification-forged': {
    status: 403,
    title: { de: 'Die Unterschrift dieser Meldung ist falsch', en: 'The signature of this notification is wrong' },
    advice: {
      de: 'Unterschreiben Sie mit dem vereinbarten Schlüssel.',
      en: 'Sign it with the key that was agreed on.',
    },
  },
  'notification-stale': {
    status: 400,
    title: { de: 'Diese Meldung ist zu alt', en: 'This notification is too old' },
    advice: { de: 'Senden Sie sie mit der jetzigen Zeit noch einmal.', en: 'Send it again with the present time.' },
  },
}
