/** Words about appointments to come: that one cannot take place, moving one, the reminder, and what goes together in one. */
export const deComing = {
  displaced: {
    title: 'Dieser Termin kann nicht stattfinden',
    badge: 'findet nicht statt',
    body: (why: string) => `${why} Bitte wählen Sie eine neue Zeit, die Ihnen passt, oder sagen Sie den Termin ab.`,
    calendar: (what: string) => `Findet nicht statt: ${what}`,
    move: 'Neue Zeit wählen',
    moveTitle: 'Neue Zeit für Ihren Termin wählen',
    moveLead: (when: string, office: string, why: string) =>
      `Ihr Termin am ${when}, ${office}, kann nicht stattfinden. ${why} Bitte wählen Sie eine neue Zeit.`,
  },
  moving: {
    title: 'Termin verschieben?',
    kept: (until: string) => `Bis ${until} halten wir die neue Zeit für Sie frei.`,
    from: 'Bisher',
    to: 'Neu',
    confirm: 'Ja, Termin verschieben',
    otherTime: 'Andere Zeit wählen',
    leave: 'Termin lassen, wie er ist',
  },
  reminder: {
    title: 'Erinnerung am Tag vorher',
    ways: {
      'mail-and-sms': 'Per E-Mail, und per SMS, wenn Sie eine Mobilnummer angeben',
      mail: 'Nur per E-Mail',
      none: 'Keine Erinnerung',
    },
    standing: (way: string) => `Erinnerung am Tag vorher: ${way}`,
    short: { 'mail-and-sms': 'E-Mail und SMS', mail: 'E-Mail', none: 'keine' },
    numberFor: (telephone: string) => `Die SMS geht an ${telephone}.`,
    noMobile: 'Sie haben keine Mobilnummer angegeben: Eine SMS bekommen Sie deshalb nicht.',
    save: 'Speichern',
    saved: 'Ihre Wahl ist gespeichert',
    savedBody: (way: string) => `Erinnerung am Tag vorher: ${way}.`,
    tooManySms: 'An diese Nummer schicken wir heute keine weiteren SMS. Ihre bisherige Wahl gilt weiter.',
    usedFor: (days: string) =>
      `Ihre Angaben nutzen wir nur für diesen Termin: für die Bestätigung, die Erinnerung und wenn sich etwas ändert. ${days} Tage nach dem Termin löschen wir sie.`,
  },
  office: {
    title: 'Mit Termin',
    lead: 'Mit einem Termin warten Sie nicht lange.',
    closingDays: 'Außerdem geschlossen',
    shutToday: 'Heute geschlossen',
    fromTo: (from: string, to: string) => `${from} bis ${to}`,
  },
  otherWay: {
    title: (way: string, what: string) => `${way} bieten wir das nicht an: ${what}`,
    not: { 'in-person': 'Persönlich in der Dienststelle', telephone: 'Am Telefon', video: 'Per Video' },
    body: 'So können wir darüber sprechen',
    search: {
      'in-person': 'Termine in der Dienststelle suchen',
      telephone: 'Termine am Telefon suchen',
      video: 'Termine per Video suchen',
    },
  },
  apart: {
    title: 'Das geht nicht in einem Termin',
    body: 'Keine Dienststelle erledigt alle diese Anliegen zusammen. Bitte vereinbaren Sie dafür getrennte Termine:',
    search: (what: string) => `Termine für: ${what}`,
  },
}
