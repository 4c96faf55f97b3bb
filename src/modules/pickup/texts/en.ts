import type { Translated } from '#platform/i18n/locale.ts'
import type { de } from './de.ts'
import { staffEn } from './en-staff.ts'

interface Where {
  readonly office: string
  readonly address: string
  readonly locker: string | null
}

const place = ({ office, address, locker }: Where) => `${locker === null ? '' : `${locker}, `}${office}, ${address}`

/** Staff write the German name; these are translated, any other one is named beside words that everybody understands. */
const KNOWN: Readonly<Record<string, string>> = {
  Reisepass: 'passport',
  Personalausweis: 'identity card',
  Führerschein: 'driving licence',
  Aufenthaltstitel: 'residence permit',
}

export const en: Translated<typeof de> = {
  staff: staffEn,
  document: {
    named: (title) => KNOWN[title] ?? `your document (${title})`,
    yours: (title) => `Your document (${KNOWN[title] ?? title})`,
  },
  messages: {
    readySubject: (title) => `Ready to be collected: ${title}`,
    ready: (where, until) => `The document is here: ${place(where)}. Please collect it by ${until}.`,
    code: (code) => `Your pick-up code: ${code}.`,
    atLocker:
      'Type the code at the pick-up terminal. Your compartment then opens. Only pass the code on if somebody is to collect it for you.',
    smsCode: (code, until) => `Code ${code}, until ${until}.`,
    smsWhere: ({ office, street, locker }) => `${locker === null ? '' : `${locker}, `}${office}, ${street}.`,
    smsOverdue: ({ office, street, telephone }) =>
      `Please collect it at the counter with your identity card: ${office}, ${street}. Questions: ${telephone}`,
    atCounter: 'Tell the code at the counter, and bring your identity card or passport.',
    codeSent: 'We sent you the pick-up code by email or text message.',
    noCode: 'Please bring your identity card or passport.',
    overdueSubject: (title) => `Not collected yet: ${title}`,
    overdue: (title, by) =>
      `${title} was kept ready for you until ${by}. You can no longer get it at the pick-up terminal.`,
    overdueHow: ({ office, address, telephone }) =>
      `Please come to the counter with your identity card or passport: ${office}, ${address}. We answer questions on ${telephone}.`,
    returnedSubject: (title) => `Now at the counter: ${title}`,
    returned: (title) => `${title} is no longer in the locker.`,
    returnedHow:
      'At the counter, tell the pick-up code that you have, and bring your identity card or passport. Without the code, the card is enough.',
    smsReturned: ({ office, street }, until) =>
      `Please collect it by ${until} with your identity card: ${office}, ${street}.`,
    staffSubject: (count) => (count === 1 ? 'One document is overdue' : `${count} documents are overdue`),
    staffBody: (office) =>
      `In the office ${office} documents were not collected in time. The people were told. Please take out of the lockers what still lies there.`,
    staffLink: 'View overdue documents',
  },
  letter: {
    salutation: (name) => `Dear ${name},`,
    code: 'Your pick-up code',
    help: (telephone) => `If you have questions, call ${telephone}.`,
    closing: 'Yours sincerely',
  },
  terminal: {
    title: 'Collect a document',
    welcome: 'Collect a document',
    label: 'Your pick-up code',
    hint: 'It has ten digits and is in your email, text message or letter.',
    open: 'Open the compartment',
    missing: 'Type all ten digits of your pick-up code.',
    openTitle: (compartment) => `Compartment ${compartment} is open`,
    openBody: (title) => `Please take out: ${title}. Then close the door.`,
    taken: 'I have taken the document',
    stuck: 'The compartment did not open',
    thanks: 'Thank you, and goodbye!',
    stuckTitle: 'We are sorry.',
    stuckBody:
      'Your document is still safe in the compartment. Try again with the same code, or please go to the counter.',
    toStart: 'To the start',
  },
  problems: {
    notPossible: 'That is no longer possible with this document',
    notPossibleAdvice: 'Its state has changed in the meantime. Please look where it is now.',
    taken: 'Something lies in this compartment already',
    takenAdvice: 'Please choose another compartment.',
    lies: 'This document lies in a compartment already',
    liesAdvice: 'Please enter first that it is back at the counter.',
    liesIn: (locker, compartment) =>
      `It is here: ${locker}, compartment ${compartment}. Please take it out there first, and enter that it is back at the counter.`,
    unreadable: 'That is not a complete pick-up code',
    unreadableAdvice: 'A pick-up code has ten digits.',
    wrong: 'This code does not match',
    wrongAdvice:
      'Please compare it with your email, text message or letter. A code is valid only until the document is collected.',
    locked: 'This code is locked',
    lockedAdvice:
      'Wrong codes were typed for this document too often. Please go to the counter with your identity card, or have a new code sent to you.',
    tooMany: 'Very many codes were typed here just now',
    tooManyAdvice: 'Please try again in a few minutes.',
    wait: (minutes) => `Please try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, or go to the counter.`,
    elsewhere: 'Your document is not in this terminal',
    elsewhereAdvice: 'Please look in your email, text message or letter where it is.',
    atCounter: 'Your document is at the counter. Please go there with your identity card.',
    inLocker: (name) => `Your document is here: ${name}.`,
    overdue: 'The time to collect it is over',
    overdueAdvice: 'Your document goes back to the counter. Please come there with your identity card.',
  },
}
