import { staffDe } from './de-staff.ts'

interface Where {
  readonly office: string
  readonly address: string
  readonly street: string
  readonly telephone: string
  readonly locker: string | null
}

const place = ({ office, address, locker }: Where) => `${locker === null ? '' : `${locker}, `}${office}, ${address}`

/** What people who collect something read; `staff` is for those who keep it for them. */
export const de = {
  staff: staffDe,
  document: {
    /** In the subject of a message, and within a sentence. Names are typed in German, usually. */
    named: (title: string) => title,
    yours: (title: string) => `Ihr Dokument (${title})`,
  },
  messages: {
    readySubject: (title: string) => `Zum Abholen bereit: ${title}`,
    // The subject has said what it is.
    ready: (where: Where, until: string) =>
      `Das Dokument liegt hier: ${place(where)}. Bitte holen Sie es bis ${until} ab.`,
    code: (code: string) => `Ihr Abholcode: ${code}.`,
    atLocker:
      'Tippen Sie den Code am Abholterminal ein. Ihr Fach öffnet sich dann. Geben Sie den Code nur weiter, wenn jemand für Sie abholen soll.',
    // Texts of their own for an SMS, which begins with the city and the subject: 160 characters are one.
    smsCode: (code: string, until: string) => `Code ${code}, bis ${until}.`,
    smsWhere: ({ office, street, locker }: Where) => `${locker === null ? '' : `${locker}, `}${office}, ${street}.`,
    smsOverdue: ({ office, street, telephone }: Where) =>
      `Bitte mit Ausweis am Schalter abholen: ${office}, ${street}. Fragen: ${telephone}`,
    atCounter: 'Nennen Sie am Schalter den Code, und bringen Sie Ihren Personalausweis oder Pass mit.',
    codeSent: 'Den Abholcode haben wir Ihnen per E-Mail oder SMS geschickt.',
    noCode: 'Bitte bringen Sie Ihren Personalausweis oder Pass mit.',
    overdueSubject: (title: string) => `Noch nicht abgeholt: ${title}`,
    overdue: (title: string, by: string) =>
      `${title} war bis ${by} für Sie bereitgelegt. Am Abholterminal bekommen Sie das Dokument nun nicht mehr.`,
    overdueHow: ({ office, address, telephone }: Where) =>
      `Bitte kommen Sie mit Ihrem Personalausweis oder Pass an den Schalter: ${office}, ${address}. Fragen beantworten wir unter ${telephone}.`,
    returnedSubject: (title: string) => `Jetzt am Schalter: ${title}`,
    returned: (title: string) => `${title} ist nicht mehr im Abholfach.`,
    returnedHow:
      'Nennen Sie am Schalter Ihren bisherigen Abholcode, und bringen Sie Ihren Personalausweis oder Pass mit. Ohne den Code genügt der Ausweis.',
    smsReturned: ({ office, street }: Where, until: string) =>
      `Bitte bis ${until} mit Ausweis abholen: ${office}, ${street}.`,
    staffSubject: (count: number) =>
      count === 1 ? 'Ein Dokument ist überfällig' : `${count} Dokumente sind überfällig`,
    staffBody: (office: string) =>
      `In der Dienststelle ${office} wurden Dokumente nicht rechtzeitig abgeholt. Die Personen sind benachrichtigt. Bitte nehmen Sie aus den Abholfächern, was dort noch liegt.`,
    staffLink: 'Überfällige Dokumente ansehen',
  },
  letter: {
    salutation: (name: string) => `Guten Tag ${name},`,
    code: 'Ihr Abholcode',
    help: (telephone: string) => `Fragen beantworten wir unter ${telephone}.`,
    closing: 'Mit freundlichen Grüßen',
  },
  terminal: {
    title: 'Dokument abholen',
    welcome: 'Dokument abholen',
    label: 'Ihr Abholcode',
    hint: 'Er hat zehn Ziffern und steht in Ihrer E-Mail, in der SMS oder im Brief.',
    open: 'Fach öffnen',
    missing: 'Bitte tippen Sie alle zehn Ziffern Ihres Abholcodes ein.',
    openTitle: (compartment: number) => `Fach ${compartment} ist offen`,
    openBody: (title: string) => `Bitte nehmen Sie heraus: ${title}. Schließen Sie danach die Tür.`,
    taken: 'Ich habe das Dokument genommen',
    stuck: 'Das Fach ging nicht auf',
    thanks: 'Vielen Dank, und auf Wiedersehen!',
    stuckTitle: 'Das tut uns leid.',
    stuckBody:
      'Ihr Dokument liegt weiter sicher im Fach. Versuchen Sie es noch einmal mit demselben Code, oder gehen Sie bitte an den Schalter.',
    toStart: 'Zum Anfang',
  },
  problems: {
    notPossible: 'Das geht mit diesem Dokument nicht mehr',
    notPossibleAdvice: 'Inzwischen hat sich sein Stand geändert. Bitte sehen Sie nach, wo es jetzt ist.',
    taken: 'In diesem Fach liegt schon etwas',
    takenAdvice: 'Bitte wählen Sie ein anderes Fach.',
    lies: 'Dieses Dokument liegt schon in einem Fach',
    liesAdvice: 'Bitte tragen Sie es zuerst „Zurück an den Schalter“ ein.',
    liesIn: (locker: string, compartment: number) =>
      `Es liegt hier: ${locker}, Fach ${compartment}. Bitte nehmen Sie es dort zuerst heraus und tragen Sie ein: „Zurück an den Schalter“.`,
    unreadable: 'Das ist kein vollständiger Abholcode',
    unreadableAdvice: 'Ein Abholcode hat zehn Ziffern.',
    wrong: 'Dieser Code passt nicht',
    wrongAdvice:
      'Bitte vergleichen Sie ihn mit Ihrer E-Mail, der SMS oder dem Brief. Ein Code gilt nur, bis das Dokument abgeholt ist.',
    locked: 'Dieser Code ist gesperrt',
    lockedAdvice:
      'Zu diesem Dokument wurde zu oft ein falscher Code eingegeben. Bitte gehen Sie mit Ihrem Ausweis an den Schalter, oder lassen Sie sich einen neuen Code schicken.',
    tooMany: 'Hier wurden gerade sehr viele Codes eingegeben',
    tooManyAdvice: 'Bitte versuchen Sie es in einigen Minuten noch einmal.',
    wait: (minutes: number) =>
      `Bitte versuchen Sie es in ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'} noch einmal, oder gehen Sie an den Schalter.`,
    elsewhere: 'Ihr Dokument liegt nicht in diesem Terminal',
    elsewhereAdvice: 'Bitte sehen Sie in Ihrer E-Mail, in der SMS oder im Brief nach, wo es liegt.',
    atCounter: 'Ihr Dokument liegt am Schalter. Bitte gehen Sie mit Ihrem Ausweis dorthin.',
    inLocker: (name: string) => `Ihr Dokument liegt hier: ${name}.`,
    overdue: 'Die Zeit zum Abholen ist vorbei',
    overdueAdvice: 'Ihr Dokument geht zurück an den Schalter. Bitte kommen Sie mit Ihrem Ausweis dorthin.',
  },
}
