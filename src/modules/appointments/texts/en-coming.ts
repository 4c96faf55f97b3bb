import type { deComing } from './de-coming.ts'

export const enComing: typeof deComing = {
  displaced: {
    title: 'This appointment cannot take place',
    badge: 'will not take place',
    body: (why) => `${why} Please choose a new time that suits you, or cancel the appointment.`,
    calendar: (what) => `Will not take place: ${what}`,
    move: 'Choose a new time',
    moveTitle: 'Choose a new time for your appointment',
    moveLead: (when, office, why) =>
      `Your appointment on ${when}, ${office}, cannot take place. ${why} Please choose a new time.`,
  },
  moving: {
    title: 'Move the appointment?',
    kept: (until) => `We are keeping the new time for you until ${until}.`,
    from: 'So far',
    to: 'New',
    confirm: 'Yes, move the appointment',
    otherTime: 'Choose another time',
    leave: 'Leave the appointment as it is',
  },
  reminder: {
    title: 'Reminder the day before',
    ways: {
      'mail-and-sms': 'By email, and by SMS if you enter a mobile number',
      mail: 'By email only',
      none: 'No reminder',
    },
    standing: (way) => `Reminder the day before: ${way}`,
    short: { 'mail-and-sms': 'email and SMS', mail: 'email', none: 'none' },
    numberFor: (telephone) => `The SMS goes to ${telephone}.`,
    noMobile: 'You have entered no mobile number, so there will be no SMS.',
    save: 'Save',
    saved: 'Your choice is saved',
    savedBody: (way) => `Reminder the day before: ${way}.`,
    tooManySms: 'We send no further SMS to this number today. Your choice stays as it was.',
    usedFor: (days) =>
      `We use your details for this appointment alone: for the confirmation, the reminder, and if something changes. We delete them ${days} days after the appointment.`,
  },
  office: {
    title: 'With an appointment',
    lead: 'With an appointment you do not wait long.',
    closingDays: 'Also closed',
    shutToday: 'Closed today',
    fromTo: (from, to) => `${from} to ${to}`,
  },
  otherWay: {
    title: (way, what) => `We do not offer this ${way}: ${what}`,
    not: { 'in-person': 'in person at the office', telephone: 'by telephone', video: 'by video' },
    body: 'This is how you can talk to us about it',
    search: {
      'in-person': 'Find appointments at the office',
      telephone: 'Find appointments by telephone',
      video: 'Find appointments by video',
    },
  },
  apart: {
    title: 'This does not go into one appointment',
    body: 'No office deals with all of these matters together. Please make separate appointments:',
    search: (what) => `Appointments for: ${what}`,
  },
}
