import type { Texts } from './de.ts'
import { enPages } from './en-pages.ts'
import { enMissed } from './en-missed.ts'
import { enPlan } from './en-plan.ts'

export const en: Texts = {
  ...enPages,
  plan: { ...enPlan, ...enMissed },
  nav: 'Appointments',
  wish: {
    'unknown-service': 'This service cannot be booked here.',
    'too-many-services': 'Please choose at most six matters for one appointment.',
    'too-many-people': 'An appointment for so many people cannot be booked online. Please call us.',
    'no-such-variant': 'This matter is not offered in this way.',
    'too-long': 'Together these matters take too long for one appointment. Please split them up.',
  },
  problems: {
    timeNotOffered: 'No appointments are offered at this time.',
    timeTaken: 'Unfortunately somebody else already has this appointment.',
    timeTakenAdvice: 'Please choose another time.',
    holdExpired: 'The ten minutes for which we kept this appointment for you are over.',
    holdExpiredAdvice: 'Please choose a time again.',
    tooManyBookings: 'Many appointments are already booked under this email address.',
    tooManyBookingsAdvice: 'Please cancel one that you do not need, or call us.',
    proofNeeded: 'Many times have just been kept from this connection.',
    proofNeededAdvice: 'Please solve a task of /api/v1/appointments/challenge, or wait an hour.',
    notChangeable: 'This appointment can no longer be changed.',
    notChangeableAdvice: 'It is over, cancelled or not confirmed yet.',
    nameFixed: 'The name of a booked appointment cannot be changed. Cancel it and book again.',
    mailNotValid: 'Please enter an email address, such as name@example.com.',
    nameMissing: 'Please enter your name.',
    telephoneNotValid: 'Please enter a telephone number, such as 07031 94-0.',
    otherWork: 'The new time is meant for other matters than the appointment that you booked.',
  },
  mails: {
    confirmSubject: (when) => `Please confirm your appointment on ${when}`,
    kept: (when, office) => `we are keeping an appointment for you: ${when}, ${office}.`,
    confirmUntil: (until) => `Please confirm it by ${until}, otherwise the time will be given to somebody else.`,
    notYou: 'You did not book an appointment? Then there is nothing you need to do.',
    confirmLink: 'Confirm the appointment',
    bookedSubject: (when) => `Your appointment on ${when}`,
    booked: (when, office) => `Your appointment is booked: ${when}, ${office}.`,
    arrival: (code) => `Your code for arriving: ${code}. Show it or type it at the terminal or at the counter.`,
    pleaseCancel: 'If you cannot come, please cancel it. Then somebody else can have it.',
    bookedLink: 'See, move or cancel the appointment',
    reminderSubject: (when) => `Your appointment tomorrow: ${when}`,
    reminder: (when, office) => `we remind you of your appointment: ${when}, ${office}.`,
    movedSubject: (when) => `Your new appointment on ${when}`,
    moved: (when, office) => `Your appointment has been moved. It is now: ${when}, ${office}.`,
    cancelledSubject: (when) => `Your appointment on ${when} is cancelled`,
    cancelled: (when, office) => `Your appointment is cancelled: ${when}, ${office}.`,
  },
}
