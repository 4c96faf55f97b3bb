import type { App } from '../app.ts'
import { problemText, type ProblemText } from '../module.ts'

/** Media type of a problem document (RFC 9457). */
export const PROBLEM_KIND = 'application/problem+json'

/** Problems that every module shares. */
const shared: Readonly<Record<string, ProblemText>> = {
  'bad-request': problemText(
    400,
    ['Diese Anfrage konnten wir nicht lesen', 'We could not read this request'],
    ['Bitte gehen Sie zurück und versuchen Sie es noch einmal.', 'Please go back and try again.'],
  ),
  'sign-in-required': problemText(
    401,
    ['Bitte melden Sie sich an', 'Please sign in'],
    [
      'Sie sind nicht oder nicht mehr angemeldet. Nach der Anmeldung geht es auf der Seite weiter, auf der Sie waren. Was Sie gerade abgeschickt haben, schicken Sie dort bitte noch einmal ab.',
      'You are not signed in, or not any more. After signing in you continue on the page where you were. What you have just sent, please send again there.',
    ],
  ),
  forbidden: problemText(
    403,
    ['Das dürfen Sie mit diesem Konto nicht', 'This account is not allowed to do that'],
    [
      'Wenn Sie diese Seite für Ihre Arbeit brauchen, wenden Sie sich bitte an Ihre Administration.',
      'If you need this page for your work, please ask your administrator.',
    ],
  ),
  'wrong-device': problemText(
    403,
    ['Dafür ist dieses Gerät nicht da', 'This device is not meant for that'],
    [
      'Die Seite gehört zu einer anderen Art von Gerät. Bitte wenden Sie sich an Ihre Administration.',
      'The page belongs to another kind of device. Please ask your administrator.',
    ],
  ),
  'foreign-origin': problemText(
    403,
    ['Diese Anfrage kam von einer anderen Seite', 'This request came from another site'],
    [
      'Zu Ihrem Schutz haben wir sie nicht ausgeführt. Bitte öffnen Sie die Seite neu und versuchen Sie es noch einmal.',
      'To protect you, we did not carry it out. Please open the page again and retry.',
    ],
  ),
  'not-found': problemText(
    404,
    ['Diese Seite gibt es nicht', 'This page does not exist'],
    [
      'Vielleicht ist die Adresse nicht ganz richtig, oder die Seite ist umgezogen. Die Suche auf der Startseite hilft weiter.',
      'The address may not be quite right, or the page has moved. The search on the home page may help.',
    ],
  ),
  'method-not-allowed': problemText(
    405,
    ['Diese Adresse lässt sich so nicht aufrufen', 'This address cannot be opened like that'],
    [
      'Sie gehört zu einem Formular. Bitte gehen Sie zurück und nutzen Sie dort die Schaltfläche.',
      'It belongs to a form. Please go back and use the button there.',
    ],
  ),
  conflict: problemText(
    409,
    ['Das passt nicht mehr zum aktuellen Stand', 'This no longer fits the current state'],
    ['Bitte laden Sie die Seite neu und sehen Sie nach.', 'Please reload the page and look again.'],
  ),
  'edited-by-others': problemText(
    409,
    ['Jemand anderes hat das inzwischen geändert', 'Somebody else has changed this in the meantime'],
    [
      'Nichts wurde überschrieben. Bitte laden Sie die Seite neu und prüfen Sie die Änderung.',
      'Nothing was overwritten. Please reload the page and check the change.',
    ],
  ),
  gone: problemText(
    410,
    ['Dieser Link gilt nicht mehr', 'This link is no longer valid'],
    ['Bitte fordern Sie einen neuen Link an.', 'Please ask for a new link.'],
  ),
  'too-large': problemText(
    413,
    ['Das ist zu groß', 'This is too large'],
    ['Bitte senden Sie weniger oder kleinere Dateien.', 'Please send less or smaller files.'],
  ),
  'unsupported-media-type': problemText(
    415,
    ['Dieses Format nehmen wir hier nicht an', 'We do not accept this format here'],
    ['Bitte nutzen Sie das Formular auf der Seite.', 'Please use the form on the page.'],
  ),
  'invalid-input': problemText(
    422,
    ['Bitte prüfen Sie Ihre Angaben', 'Please check your answers'],
    ['Einige Angaben fehlen oder sind nicht richtig.', 'Some answers are missing or not right.'],
  ),
  // Of who says in If-Match what they have seen (RFC 9110, section 13.1.1).
  'version-changed': problemText(
    412,
    ['Jemand anderes hat das inzwischen geändert', 'Somebody else has changed this in the meantime'],
    [
      'Nichts wurde überschrieben: Die Version in If-Match ist nicht mehr die neueste. Lesen Sie noch einmal.',
      'Nothing was overwritten: the version in If-Match is not the newest any more. Please read it again.',
    ],
  ),
  'version-required': problemText(
    428,
    ['Die Version fehlt', 'The version is missing'],
    [
      'Senden Sie in If-Match die Version, die Sie beim Lesen bekommen haben.',
      'Send the version that you got when you read it in If-Match.',
    ],
  ),
  'key-missing': problemText(
    400,
    ['Der Kopf Idempotency-Key fehlt oder ist ungültig', 'The header Idempotency-Key is missing or not valid'],
    [
      'Bitte senden Sie einen eigenen Schlüssel von 8 bis 200 Zeichen mit. Mit demselben Schlüssel können Sie gefahrlos wiederholen.',
      'Please send a key of your own, 8 to 200 characters. With the same key you can safely repeat the request.',
    ],
  ),
  'key-reused': problemText(
    422,
    ['Dieser Schlüssel gehört zu einer anderen Anfrage', 'This key belongs to another request'],
    [
      'Bitte nutzen Sie für jede neue Anfrage einen neuen Idempotency-Key.',
      'Please use a new Idempotency-Key for each new request.',
    ],
  ),
  'key-in-use': problemText(
    409,
    ['Die erste Anfrage mit diesem Schlüssel ist noch in Arbeit', 'The first request with this key is still at work'],
    ['Bitte wiederholen Sie sie in ein paar Sekunden.', 'Please repeat it in a few seconds.'],
  ),
  'too-many-requests': problemText(
    429,
    ['Das waren sehr viele Anfragen', 'That was a lot of requests'],
    ['Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.', 'Please wait a minute and try again.'],
  ),
  'internal-error': problemText(
    500,
    ['Bei uns ist ein Fehler passiert', 'Something went wrong on our side'],
    [
      'Ihre Angaben sind nicht verloren: Gehen Sie zurück und versuchen Sie es in einigen Minuten noch einmal. Wenn Sie uns anrufen, nennen Sie bitte die Fehlernummer.',
      'Your answers are not lost: go back and try again in a few minutes. If you call us, please tell us the error number.',
    ],
  ),
  busy: problemText(
    503,
    ['Gerade sind sehr viele Anfragen auf einmal da', 'There are very many requests at this moment'],
    [
      'Bitte warten Sie ein paar Sekunden und versuchen Sie es dann noch einmal.',
      'Please wait a few seconds and then try again.',
    ],
  ),
  'no-room': problemText(
    503,
    [
      'Ohne Anmeldung können wir gerade keine Dateien annehmen',
      'At the moment we cannot take files without an account',
    ],
    [
      'Bitte melden Sie sich an, oder versuchen Sie es später noch einmal. Was Sie eingegeben haben, ist nicht verloren: Gehen Sie zurück.',
      'Please sign in, or try again later. What you entered is not lost: go back.',
    ],
  ),
  unavailable: problemText(
    503,
    ['Das ist gerade nicht möglich', 'This is not possible right now'],
    ['Bitte versuchen Sie es in einigen Minuten noch einmal.', 'Please try again in a few minutes.'],
  ),
}

/** In their place for programs, which have no page to go back to and no home page to search on. */
const forPrograms: Readonly<Record<string, ProblemText>> = {
  'bad-request': problemText(
    400,
    ['Diese Anfrage konnten wir nicht lesen', 'We could not read this request'],
    [
      'Was hier erwartet wird, steht in /api/v1/openapi.json.',
      'What is expected here is described in /api/v1/openapi.json.',
    ],
  ),
  'not-found': problemText(
    404,
    ['Das haben wir nicht gefunden', 'We did not find this'],
    [
      'Unter dieser Adresse gibt es nichts, oder der Code oder das Konto öffnet es nicht.',
      'There is nothing at this address, or the code or the account does not open it.',
    ],
  ),
  forbidden: problemText(
    403,
    ['Das darf dieses Konto nicht', 'This account is not allowed to do that'],
    [
      'Welche Berechtigung dafür nötig ist, steht in /api/v1/openapi.json.',
      'Which permission that needs is described in /api/v1/openapi.json.',
    ],
  ),
  'wrong-device': problemText(
    403,
    ['Dafür ist dieses Gerät nicht da', 'This device is not meant for that'],
    [
      'Für welche Arten von Geräten das ist, steht in /api/v1/openapi.json.',
      'For which kinds of devices that is, is described in /api/v1/openapi.json.',
    ],
  ),
  conflict: problemText(
    409,
    ['Das passt nicht mehr zum jetzigen Stand', 'This no longer fits the current state'],
    ['Lesen Sie noch einmal, wie es jetzt steht.', 'Please read again how it stands now.'],
  ),
  'edited-by-others': problemText(
    409,
    ['Das hat inzwischen jemand geändert oder angelegt', 'Somebody has changed or made this in the meantime'],
    [
      'Nichts wurde überschrieben. Lesen Sie noch einmal, wie es jetzt steht.',
      'Nothing was overwritten. Please read again how it stands now.',
    ],
  ),
  'sign-in-required': problemText(
    401,
    ['Diese Adresse verlangt eine Anmeldung', 'This address needs you to be signed in'],
    [
      'Senden Sie im Kopf Authorization ein Bearer-Token. Ob das eines Kontos oder der Schlüssel eines Geräts sein muss, steht in /api/v1/openapi.json.',
      'Send a bearer token in the Authorization header. Whether it has to be one of an account or the key of a device is described in /api/v1/openapi.json.',
    ],
  ),
  'unsupported-media-type': problemText(
    415,
    ['Dieses Format nehmen wir hier nicht an', 'We do not accept this format here'],
    [
      'Senden Sie JSON mit Content-Type: application/json, eine Datei als multipart/form-data. Was hier erwartet wird, steht in /api/v1/openapi.json.',
      'Send JSON with Content-Type: application/json, a file as multipart/form-data. What is expected here is described in /api/v1/openapi.json.',
    ],
  ),
}

/** Under which word a failure is answered, and with which text where it is not that of the word itself. */
export function answeredAs(
  problem: string,
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, unknown>> },
): { readonly problem: string; readonly words: ProblemText | null } {
  const isVersion = problem === 'edited-by-others' && headers['if-match'] !== undefined
  const named = isVersion ? 'version-changed' : problem
  const words = url.startsWith('/api/') && Object.hasOwn(forPrograms, named) ? forPrograms[named]! : null
  return { problem: named, words }
}

/** All words that a `fail(…)` may use, from the platform and every manifest. */
export function problemTexts(app: Pick<App, 'modules'>): ReadonlyMap<string, ProblemText> {
  return new Map([...Object.entries(shared), ...app.modules.flatMap((m) => Object.entries(m.problems ?? {}))])
}
