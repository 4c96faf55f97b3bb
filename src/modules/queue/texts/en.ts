import type { Translated } from '#platform/i18n/locale.ts'
import type { Texts } from './de.ts'
import { enCounters } from './en-counters.ts'
import { figuresEn } from './en-figures.ts'
import { enPages, minutes } from './en-pages.ts'

export const en: Translated<Texts> = {
  ...enPages,
  figures: figuresEn,
  counters: enCounters,
  officePage: {
    title: 'Waiting without an appointment',
    full: 'There are no more numbers today. With an appointment you are welcome.',
    afterHours: 'Somebody is there for you right now, also outside the opening hours.',
    about: (count) => (count === 0 ? 'No waiting at the moment' : `About ${minutes(count)} at the moment`),
    between: (least, most) =>
      `About ${most < 120 ? least : minutes(least)} to ${minutes(most)} at the moment, depending on the matter`,
    people: (n) =>
      n === 0
        ? 'Nobody is waiting just now.'
        : n === 1
          ? '1 person is waiting just now.'
          : `${n} people are waiting just now.`,
  },
  problems: {
    arrivalUnknown: 'We do not know this code.',
    arrivalUnknownAdvice: 'Please check it, or take a number without an appointment.',
    arrivalCancelled: 'This appointment has been cancelled.',
    arrivalCancelledAdvice: 'Please take a number, or ask at the reception.',
    arrivalOtherDay: 'Your appointment is on another day.',
    arrivalOtherDayAdvice: 'Please come back for your appointment, or take a number.',
    otherDayDetail: (when, where) =>
      `Your appointment is on ${when} (${where}). Please come back then, or take a number today.`,
    arrivalOtherOffice: 'Your appointment is in another office.',
    arrivalOtherOfficeAdvice: 'Please go there, or ask at the reception.',
    otherOfficeDetail: (where, when) =>
      `Your appointment is here: ${where}, ${when}. If you cannot make it in time, please ask at the reception.`,
    arrivalDisplaced: 'Sorry, this appointment cannot take place.',
    arrivalDisplacedAdvice: 'Please take a number, or ask at the reception.',
    displacedDetail: (because) => `${because} Please take a number, or ask at the reception.`,
    arrivalDone: 'You have been here for this appointment today.',
    arrivalDoneAdvice: 'If something is still missing, please take a number.',
    codeOrService: 'Send either the code of an appointment or a service, not both.',
    oneChange: 'Send either does, or priority (with reason), or team (with counter).',
    waitsNoMore: 'This number does not wait any more.',
    noSuchService: 'Please choose something that this office is there for.',
    notTogether: 'Different teams are there for these matters. Please take a number for each of them.',
    people: 'Please enter a number from 1 to 10. Larger groups please ask at the reception.',
    officeClosed: 'This office is closed just now.',
    officeFull: 'There are no more numbers today.',
    officeFullAdvice:
      'So many people are waiting already that we could not call all of them today. Please book an appointment, or come another day. Whoever has an appointment today can check in.',
    officeClosedAdvice: 'There are numbers again when it is open.',
    officeClosedDetail: (hours) =>
      `Without an appointment: ${hours}. With an appointment, please check in with its code.`,
    counterTaken: 'Somebody sits at this counter already.',
    counterTakenAdvice: 'Please choose another counter.',
    counterClosed: 'Your counter is closed.',
    counterClosedAdvice: 'End your break first, then you can call people.',
    noCounter: 'You do not sit at a counter.',
    noCounterAdvice: 'Please choose a counter first.',
    somebodyHere: 'Somebody is still at your counter.',
    somebodyHereAdvice: 'Please finish or park this visit first.',
    calledHereAdvice: 'Please say first, with “Is here” or “Not there”, whether the person who was called has come.',
    visitMovedOn: 'This person is no longer where you saw them.',
    visitMovedOnAdvice: 'Somebody else has called, forwarded or finished with them. The list is up to date now.',
    visitOver: 'Your visit is over.',
    visitOverAdvice: 'If you are still here, please ask at the reception or at the terminal.',
    reasonMissing: 'Please give the reason in a few words, without a diagnosis.',
    officeNotOpen: 'Please choose an office that is open now and calls people.',
    sameOffice: 'Please choose another office than your own.',
    noteTooLong: 'Please be shorter: at most 200 characters.',
    notInThisOffice: 'Please choose a counter or a team of this office.',
    contactNotValid: 'Please enter an email address or a mobile number, for example 0151 23456789.',
  },
  called: {
    subject: (counter) => `It is your turn: ${counter}`,
    body: (ticket, way) => `Number ${ticket}. ${way}`.trim(),
  },
  uncalled: {
    subject: (ticket) => `Please wait a little longer: ${ticket}`,
    body: 'The counter is not free yet after all. We will call you again in a moment.',
  },
  forwarded: {
    subject: (ticket) => `Your new number: ${ticket}`,
    body: (office, address) => `Please go there: ${office}, ${address}.`,
  },
  soon: {
    subject: (ticket) => `It is soon your turn: ${ticket}`,
    sms: (office) => `Please come to the waiting room: ${office}.`,
    body: (ticket, office) => `Your number ${ticket} will be called soon. Please come to the waiting room: ${office}.`,
  },
}
