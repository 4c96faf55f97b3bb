import type { Translated } from '#platform/i18n/locale.ts'
import type { deMissed } from './de-missed.ts'

export const enMissed: Translated<typeof deMissed> = {
  missed: {
    title: 'No-shows',
    lead: 'How many people did not come to their appointment in the last eight weeks. Days count on which the office noted who arrives.',
    toPatterns: 'Look at bookings that stand out',
    byTeam: 'By team',
    byService: 'By service',
    team: 'Team',
    service: 'Service',
    booked: 'Booked',
    missed: 'Did not come',
    share: 'Share',
    tooFew: 'too few appointments',
    rule: 'Rule',
    set: 'Set a rule',
    change: 'Change the rule',
    ruleIs: (percent, seats) => `from ${percent} %: ${seats === 1 ? '1 more seat' : `${seats} more seats`}`,
    isOpen: 'open at present',
    isShut: 'not open at present',
    nothingCounted: 'Nothing counted yet',
    nothingCountedBody: 'As soon as arrivals are noted, the figures stand here.',
    ruleTitle: 'More seats where many do not come',
    ruleLead:
      'The additional seats are open to all while the share is reached. It is counted anew each night. Booked appointments stay, also when the seats close again.',
    counted: (booked, missed, share) =>
      `In the last eight weeks: ${booked} appointments, ${missed} without a visit (${share}).`,
    fromPercent: 'From which share on?',
    fromPercentHint: 'Of a hundred people with an appointment, how many do not come. 1 to 100.',
    percentWrong: 'Please give a whole number from 1 to 100.',
    seats: 'How many more seats?',
    seatsHint: '1 to 20, in all opening hours of the team.',
    seatsWrong: 'Please give a whole number from 1 to 20.',
    save: 'Save the rule',
    end: 'End the rule',
    done: { gespeichert: 'The rule is saved', beendet: 'The rule has ended' },
  },
  patterns: {
    title: 'Bookings that stand out',
    lead: (days) => `Mail addresses under which people booked unusually in the last ${days} days.`,
    email: 'Mail address',
    booked: 'Appointments',
    cancelled: 'Cancelled',
    handedOn: 'Soon booked by another',
    names: 'Names',
    overlapping: 'At the same time',
    unconfirmed: 'Not confirmed',
    missed: 'Did not come',
    emptyTitle: 'Nothing stands out',
    emptyBody:
      'Addresses with many cancellations, many names, several appointments at the same time, many unconfirmed bookings, or times that somebody else had at once after a cancellation stand here.',
    means:
      'Many cancellations that somebody else books at once point to trade in appointments. It may also be a club or a family: please look at each case. “At the same time” counts booked appointments that overlap. “Not confirmed” counts the last one or two hours only: such bookings are deleted then, and the address may be somebody else’s. Whoever opens this page is noted.',
  },
}
