import { problemText, type ProblemText } from '#platform/module.ts'

export const problems: Readonly<Record<string, ProblemText>> = {
  'payment-not-found': problemText(
    404,
    ['Diese Zahlung ist hier nicht offen', 'This payment is not open here'],
    [
      'Öffnen Sie den Link aus der E-Mail noch einmal, oder melden Sie sich an. Ein Gerät merkt sich eine Zahlung nur eine halbe Stunde.',
      'Open the link in the email again, or sign in. A device remembers a payment for half an hour only.',
    ],
  ),
  'online-not-available': problemText(
    409,
    ['Online bezahlen ist hier nicht möglich', 'Paying online is not possible here'],
    ['Bitte überweisen Sie den Betrag.', 'Please transfer the amount.'],
  ),
  'provider-unavailable': problemText(
    503,
    ['Der Bezahldienst ist gerade nicht erreichbar', 'The payment service cannot be reached at the moment'],
    [
      'Versuchen Sie es in einigen Minuten noch einmal, oder überweisen Sie.',
      'Try again in a few minutes, or make a transfer.',
    ],
  ),
  'payment-settled': problemText(
    409,
    ['Hier ist nichts mehr zu bezahlen', 'There is nothing more to pay here'],
    ['Sie müssen nichts tun.', 'There is nothing to do.'],
  ),
  'nothing-to-order': problemText(
    409,
    ['Zurzeit ist nichts zu überweisen', 'There is nothing to transfer at the moment'],
    [
      'In die Datei kommen beschlossene Erstattungen, deren IBAN bekannt ist.',
      'The file takes refunds that are decided and whose IBAN is known.',
    ],
  ),
  'order-settled': problemText(
    409,
    ['Dieser Auftrag ist schon zurückgenommen oder ausgeführt', 'This order is already taken back or carried out'],
    ['Es ist nichts mehr zu tun.', 'There is nothing left to do.'],
  ),
  'notification-forged': problemText(
    403,
    ['Die Unterschrift dieser Meldung ist falsch', 'The signature of this notification is wrong'],
    ['Unterschreiben Sie mit dem vereinbarten Schlüssel.', 'Sign it with the key that was agreed on.'],
  ),
  'notification-stale': problemText(
    400,
    ['Diese Meldung ist zu alt', 'This notification is too old'],
    ['Senden Sie sie mit der jetzigen Zeit noch einmal.', 'Send it again with the present time.'],
  ),
}
