import { deCounters } from './de-counters.ts'
import { figuresDe } from './de-figures.ts'
import { dePages, minutes } from './de-pages.ts'

/** Words of the queue. */
export const de = {
  ...dePages,
  figures: figuresDe,
  counters: deCounters,
  officePage: {
    title: 'Wartezeit ohne Termin',
    full: 'Heute gibt es keine Wartenummern mehr. Mit einem Termin sind Sie willkommen.',
    afterHours: 'Auch außerhalb der Öffnungszeiten ist gerade jemand für Sie da.',
    about: (count: number) => (count === 0 ? 'Zurzeit ohne Wartezeit' : `Zurzeit etwa ${minutes(count)}`),
    between: (least: number, most: number) =>
      `Zurzeit etwa ${most < 120 ? least : minutes(least)} bis ${minutes(most)}, je nach Anliegen`,
    people: (n: number) =>
      n === 0 ? 'Gerade wartet niemand.' : n === 1 ? 'Gerade wartet 1 Person.' : `Gerade warten ${n} Personen.`,
  },
  problems: {
    arrivalUnknown: 'Diesen Code kennen wir nicht.',
    arrivalUnknownAdvice: 'Bitte prüfen Sie ihn, oder ziehen Sie eine Wartenummer ohne Termin.',
    arrivalCancelled: 'Dieser Termin ist abgesagt.',
    arrivalCancelledAdvice: 'Bitte ziehen Sie eine Wartenummer, oder fragen Sie am Empfang.',
    arrivalOtherDay: 'Ihr Termin ist an einem anderen Tag.',
    arrivalOtherDayAdvice: 'Bitte kommen Sie zu Ihrem Termin wieder, oder ziehen Sie eine Wartenummer.',
    otherDayDetail: (when: string, where: string) =>
      `Ihr Termin ist am ${when} (${where}). Bitte kommen Sie dann wieder, oder ziehen Sie heute eine Wartenummer.`,
    arrivalOtherOffice: 'Ihr Termin ist in einer anderen Dienststelle.',
    arrivalOtherOfficeAdvice: 'Bitte gehen Sie dorthin, oder fragen Sie am Empfang.',
    otherOfficeDetail: (where: string, when: string) =>
      `Ihr Termin ist hier: ${where}, ${when}. Wenn Sie es nicht rechtzeitig schaffen, fragen Sie bitte am Empfang.`,
    arrivalDisplaced: 'Dieser Termin kann leider nicht stattfinden.',
    arrivalDisplacedAdvice: 'Bitte ziehen Sie eine Wartenummer, oder fragen Sie am Empfang.',
    displacedDetail: (because: string) => `${because} Bitte ziehen Sie eine Wartenummer, oder fragen Sie am Empfang.`,
    arrivalDone: 'Zu diesem Termin waren Sie heute schon da.',
    arrivalDoneAdvice: 'Wenn noch etwas fehlt, ziehen Sie bitte eine Wartenummer.',
    codeOrService: 'Senden Sie entweder den Code eines Termins oder ein Anliegen, nicht beides.',
    oneChange: 'Senden Sie entweder does, oder priority (mit reason), oder team (mit counter).',
    waitsNoMore: 'Diese Nummer wartet nicht mehr.',
    noSuchService: 'Bitte wählen Sie ein Anliegen, für das diese Dienststelle da ist.',
    notTogether: 'Für diese Anliegen sind verschiedene Teams da. Bitte ziehen Sie für jedes eine eigene Nummer.',
    people: 'Bitte geben Sie eine Zahl von 1 bis 10 an. Größere Gruppen melden sich bitte am Empfang.',
    officeClosed: 'Diese Dienststelle ist gerade geschlossen.',
    officeFull: 'Heute gibt es keine Wartenummern mehr.',
    officeFullAdvice:
      'Es warten schon so viele, dass wir heute nicht mehr alle aufrufen könnten. Bitte buchen Sie einen Termin, oder kommen Sie an einem anderen Tag wieder. Wer heute einen Termin hat, kann sich anmelden.',
    officeClosedAdvice: 'Wartenummern gibt es wieder, wenn sie geöffnet ist.',
    officeClosedDetail: (hours: string) =>
      `Ohne Termin: ${hours}. Mit einem Termin melden Sie sich bitte mit dessen Code an.`,
    counterTaken: 'An diesem Schalter sitzt schon jemand.',
    counterTakenAdvice: 'Bitte wählen Sie einen anderen Schalter.',
    counterClosed: 'Ihr Schalter ist geschlossen.',
    counterClosedAdvice: 'Beenden Sie zuerst die Pause, dann können Sie aufrufen.',
    noCounter: 'Sie sitzen an keinem Schalter.',
    noCounterAdvice: 'Bitte wählen Sie zuerst einen Schalter.',
    somebodyHere: 'An Ihrem Schalter ist noch jemand.',
    somebodyHereAdvice: 'Bitte beenden oder parken Sie diesen Besuch zuerst.',
    calledHereAdvice: 'Bitte geben Sie zuerst mit „Ist da“ oder „Nicht da“ an, ob die aufgerufene Person gekommen ist.',
    visitMovedOn: 'Diese Person ist nicht mehr da, wo Sie sie gesehen haben.',
    visitMovedOnAdvice:
      'Jemand anderes hat sie aufgerufen, weitergeleitet oder verabschiedet. Die Liste ist jetzt neu.',
    visitOver: 'Ihr Besuch ist beendet.',
    visitOverAdvice: 'Wenn Sie noch da sind, melden Sie sich bitte am Empfang oder am Terminal.',
    reasonMissing: 'Bitte nennen Sie den Grund in wenigen Worten, ohne Diagnosen.',
    officeNotOpen: 'Bitte wählen Sie eine Dienststelle, die jetzt geöffnet ist und Wartende aufruft.',
    sameOffice: 'Bitte wählen Sie eine andere Dienststelle als Ihre eigene.',
    noteTooLong: 'Bitte fassen Sie sich kürzer: höchstens 200 Zeichen.',
    notInThisOffice: 'Bitte wählen Sie einen Schalter oder ein Team dieser Dienststelle.',
    contactNotValid: 'Bitte geben Sie eine E-Mail-Adresse oder eine Mobilnummer an, zum Beispiel 0151 23456789.',
  },
  called: {
    subject: (counter: string) => `Sie sind dran: ${counter}`,
    body: (ticket: string, way: string) => `Nummer ${ticket}. ${way}`.trim(),
  },
  uncalled: {
    subject: (ticket: string) => `Bitte warten Sie noch: ${ticket}`,
    body: 'Der Schalter ist doch noch nicht frei. Wir rufen Sie gleich noch einmal auf.',
  },
  forwarded: {
    subject: (ticket: string) => `Ihre neue Nummer: ${ticket}`,
    body: (office: string, address: string) => `Bitte gehen Sie dorthin: ${office}, ${address}.`,
  },
  soon: {
    subject: (ticket: string) => `Sie sind bald an der Reihe: ${ticket}`,
    // An SMS of its own: city and subject stand before it.
    sms: (office: string) => `Bitte kommen Sie in den Warteraum: ${office}.`,
    body: (ticket: string, office: string) =>
      `Ihre Nummer ${ticket} wird bald aufgerufen. Bitte kommen Sie in den Warteraum: ${office}.`,
  },
}

export type Texts = typeof de
