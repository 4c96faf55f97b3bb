import type { deCallers } from './de-callers.ts'

/** Words for staff who look for the appointment of somebody who calls. */
export const enCallers: typeof deCallers = {
  callers: {
    title: 'Find an appointment',
    lead: 'For people who call or stand before you. All units are searched whose appointments you may see.',
    query: 'Name, code, email or telephone',
    queryHint: 'For example “Müller”, “ABCD EFGH” or “0171 2345678”.',
    day: 'Day of the appointment',
    show: 'Find',
    tooShort: 'Please enter at least three letters or five digits; of short names the first and the last name.',
    caption: 'Appointments found',
    when: 'When',
    name: 'Name',
    matter: 'Matter',
    where: 'Office',
    state: 'State',
    found: (n, words) => (n === 1 ? 'One appointment found' : `${words} appointments found`),
    more: (most) => `More than ${most} appointments fit. These are the next ones.`,
    moreBody: 'Ask for the whole name, the day or the code.',
    emptyTitle: 'No appointment found',
    emptyBody:
      'Ask for the email address or the code. Names are here until 30 days after the appointment; those of other units are not.',
    book: 'Book a new appointment',
    audited: 'Who searched and which appointments they saw is noted.',
    back: 'Back to the search',
    sendAgain: 'Send the confirmation again',
    correctTitle: 'Correct email or telephone',
    correctHint: 'A new address gets the confirmation at once; links in earlier emails then open nothing any more.',
    nameFixed: 'The name stays. If somebody else is to come, cancel this appointment and book a new one.',
    save: 'Save',
  },
}
