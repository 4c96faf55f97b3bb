import { deComing } from './de-coming.ts'
import { dePages } from './de-pages.ts'
import { deMissed } from './de-missed.ts'
import { dePlan } from './de-plan.ts'

/** Words of appointments. */
export const de = {
  ...dePages,
  ...deComing,
  plan: { ...dePlan, ...deMissed },
  nav: 'Termine',
  wish: {
    'unknown-service': 'Diese Leistung kann hier nicht gebucht werden.',
    'too-many-services': 'Bitte wählen Sie höchstens sechs Anliegen für einen Termin.',
    'too-many-people': 'Für so viele Personen kann dieser Termin nicht online gebucht werden. Bitte rufen Sie uns an.',
    'no-such-variant':
      'In dieser Form (persönlich, am Telefon oder per Video) bieten wir dieses Anliegen nicht an. Bitte wählen Sie eine andere.',
    'not-together': 'Keine Dienststelle erledigt alle diese Anliegen zusammen. Bitte suchen Sie sie einzeln.',
    notDoneHere: 'Dieses Anliegen wird in dieser Dienststelle nicht angeboten.',
    toBeforeFrom: 'Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie from und to.',
    inThePast: 'Dieser Zeitraum ist schon vorbei. Bitte nennen Sie einen Tag ab heute.',
    'too-long': 'Diese Anliegen dauern zusammen zu lange für einen Termin. Bitte teilen Sie sie auf.',
  },
  problems: {
    timeNotOffered: 'Zu dieser Zeit werden keine Termine angeboten.',
    timeTaken: 'Dieser Termin ist leider schon vergeben.',
    timeTakenAdvice: 'Bitte wählen Sie eine andere Zeit.',
    holdExpired: 'Wir halten diese Zeit nicht mehr für Sie frei.',
    holdExpiredAdvice: 'Bitte wählen Sie noch einmal eine Zeit.',
    tooManyBookings: 'Unter dieser E-Mail-Adresse gibt es schon viele Termine.',
    tooManyBookingsAdvice: 'Bitte sagen Sie einen Termin ab, den Sie nicht brauchen, oder rufen Sie uns an.',
    tooManyUnconfirmed:
      'An diese Adresse gingen in der letzten Stunde schon mehrere E-Mails, die niemand bestätigt hat. Öffnen Sie den Link in einer davon, und bestätigen Sie den Termin oder geben Sie die Zeit zurück: Dann geht es weiter, sonst in einer Stunde.',
    proofNeeded: 'Von diesem Anschluss kamen gerade viele Wünsche nach Zeiten oder nach der Warteliste.',
    proofNeededAdvice: 'Bitte lösen Sie eine Aufgabe von /api/v1/appointments/challenge, oder warten Sie eine Stunde.',
    tooManySms: 'An diese Nummer schicken wir heute keine weiteren SMS.',
    tooManySmsAdvice: 'Die bisherige Wahl gilt weiter.',
    movedTooOften: 'Dieser Termin wurde schon oft verschoben.',
    movedTooOftenAdvice: 'Bitte rufen Sie uns an, wenn Sie ihn noch einmal verschieben möchten.',
    notChangeable: 'Dieser Termin kann nicht mehr geändert werden.',
    notChangeableAdvice: 'Er ist vorbei, abgesagt oder noch nicht bestätigt, oder Sie sind schon angemeldet.',
    nameFixed:
      'Name und E-Mail-Adresse eines gebuchten Termins können nicht geändert werden. Sagen Sie ihn ab und buchen Sie neu.',
    mailNotValid: 'Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel name@beispiel.de.',
    nameMissing: 'Bitte geben Sie Ihren Namen an.',
    nameInOneLine: 'Bitte geben Sie den Namen in einer Zeile an, ohne Steuerzeichen.',
    telephoneNotValid: 'Bitte geben Sie eine Telefonnummer an, zum Beispiel 07199 0100-0.',
    oneChange: 'Senden Sie entweder hold und holdCode, oder reminder, oder email.',
    correctedTooOften: 'Die E-Mail-Adresse dieses Termins wurde schon oft geändert.',
    correctedTooOftenAdvice: 'Bitte geben Sie die Zeit zurück und buchen Sie noch einmal.',
    sameTime: 'Der Termin ist schon zu dieser Zeit.',
    otherWork: 'Die neue Zeit ist für andere Anliegen gedacht als der gebuchte Termin.',
  },
  mails: {
    confirmSubject: (when: string) => `Bitte bestätigen Sie Ihren Termin am ${when}`,
    kept: (when: string, office: string) => `Wir halten für Sie einen Termin frei: ${when}, ${office}.`,
    confirmUntil: (until: string) => `Bitte bestätigen Sie ihn bis ${until}, sonst wird die Zeit wieder vergeben.`,
    notYou: 'Haben Sie keinen Termin gebucht? Dann brauchen Sie nichts zu tun.',
    confirmLink: 'Termin bestätigen',
    bookedSubject: (when: string) => `Ihr Termin am ${when}`,
    booked: (when: string, office: string) => `Ihr Termin ist gebucht: ${when}, ${office}.`,
    about: (matters: string, people: number, words: string) =>
      `Anliegen: ${matters}${people === 1 ? '' : `, für ${words} Personen`}.`,
    address: (address: string) => `Adresse: ${address}.`,
    arrival: (code: string) =>
      `Ihr Code für die Ankunft: ${code}. Zeigen oder tippen Sie ihn am Terminal oder am Schalter.`,
    pleaseCancel: 'Wenn Sie nicht kommen können, sagen Sie ihn bitte ab. Dann bekommt ihn jemand anderes.',
    bookedLink: 'Termin ansehen, verschieben oder absagen',
    reminderSubject: (when: string, isToday: boolean) => `Ihr Termin ${isToday ? 'heute' : 'morgen'}: ${when}`,
    reminder: (when: string, office: string) => `Wir erinnern Sie an Ihren Termin: ${when}, ${office}.`,
    movedSubject: (when: string) => `Ihr neuer Termin am ${when}`,
    moved: (when: string, office: string) => `Ihr Termin ist verschoben. Er ist jetzt: ${when}, ${office}.`,
    bookAgainLink: 'Neuen Termin vereinbaren',
    cancelledSubject: (when: string) => `Ihr Termin am ${when} ist abgesagt`,
    cancelled: (when: string, office: string) => `Ihr Termin ist abgesagt: ${when}, ${office}.`,
  },
}

export type Texts = typeof de
