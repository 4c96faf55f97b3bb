import type { ProblemText } from '#platform/module.ts'

/** Expected failures of this module, for machines and error pages. */
export const problems: Readonly<Record<string, ProblemText>> = {
  'transition-not-allowed': {
    status: 409,
    title: { de: 'Dieser Schritt ist nicht möglich', en: 'This step is not possible' },
    advice: {
      de: 'Im jetzigen Stand des Vorgangs geht das nicht. Sehen Sie sich den Vorgang noch einmal an.',
      en: 'It cannot be done in the present state of the case. Look at the case again.',
    },
  },
  'action-refused': {
    status: 409,
    title: { de: 'Das ist gerade nicht möglich', en: 'This is not possible right now' },
    advice: { de: 'Der Grund steht beim Vorgang.', en: 'The reason stands with the case.' },
  },
  'decision-waiting': {
    status: 409,
    title: { de: 'Eine Entscheidung wird gerade wirksam', en: 'A decision is taking effect' },
    advice: {
      de: 'Warten Sie zehn Sekunden oder nehmen Sie die Entscheidung zurück.',
      en: 'Wait ten seconds, or take the decision back.',
    },
  },
  'case-closed': {
    status: 409,
    title: { de: 'Der Vorgang ist abgeschlossen', en: 'The case is closed' },
    advice: { de: 'Daran lässt sich nichts mehr ändern.', en: 'Nothing about it can be changed any more.' },
  },
  'no-such-colleague': {
    status: 422,
    title: { de: 'Diese Person kann nicht übernehmen', en: 'This person cannot take over' },
    advice: { de: 'Wählen Sie jemand anderen.', en: 'Choose somebody else.' },
  },
  'too-many-documents': {
    status: 409,
    title: { de: 'Zu viele Dokumente', en: 'Too many documents' },
    advice: { de: 'Rufen Sie uns bitte an.', en: 'Please call us.' },
  },
  'version-required': {
    status: 428,
    title: { de: 'Die Version fehlt', en: 'The version is missing' },
    advice: {
      de: 'Senden Sie in If-Match den ETag, den Sie beim Lesen des Vorgangs bekommen haben.',
      en: 'Send the ETag that you got when you read the case in If-Match.',
    },
  },
}
