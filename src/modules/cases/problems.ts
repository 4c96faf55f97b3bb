import { problemText, type ProblemText } from '#platform/module.ts'

/** Expected failures of this module, for machines and error pages. */
export const problems: Readonly<Record<string, ProblemText>> = {
  'transition-not-allowed': problemText(
    409,
    ['Dieser Schritt ist nicht möglich', 'This step is not possible'],
    [
      'Im jetzigen Stand des Vorgangs geht das nicht. Sehen Sie sich den Vorgang noch einmal an.',
      'It cannot be done in the present state of the case. Look at the case again.',
    ],
  ),
  'action-refused': problemText(
    409,
    ['Das ist gerade nicht möglich', 'This is not possible right now'],
    ['Der Grund steht beim Vorgang.', 'The reason stands with the case.'],
  ),
  'something-waits': problemText(
    409,
    ['Bei diesem Vorgang geht gerade etwas hinaus', 'Something is just going out in this case'],
    ['Warten Sie zehn Sekunden oder nehmen Sie es zurück.', 'Wait ten seconds, or take it back.'],
  ),
  'case-closed': problemText(
    409,
    ['Der Vorgang ist abgeschlossen', 'The case is closed'],
    ['Daran lässt sich nichts mehr ändern.', 'Nothing about it can be changed any more.'],
  ),
  'no-such-colleague': problemText(
    422,
    ['Diese Person kann nicht übernehmen', 'This person cannot take over'],
    ['Wählen Sie jemand anderen.', 'Choose somebody else.'],
  ),
  'too-many-documents': problemText(
    409,
    ['Zu viele Dokumente', 'Too many documents'],
    ['Rufen Sie uns bitte an.', 'Please call us.'],
  ),
}
