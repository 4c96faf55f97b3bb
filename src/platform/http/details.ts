import type { Locale, LocalizedText } from '../i18n/locale.ts'

/** What is technically wrong with a request, for the `detail` of a problem document. */
export const details = {
  bodyNotUtf8: { de: 'Der Inhalt ist nicht in UTF-8.', en: 'The body is not UTF-8.' },
  fieldNotUtf8: { de: 'Ein Feld ist nicht in UTF-8.', en: 'A field is not UTF-8.' },
  nul: { de: 'Ein Wert enthält ein NUL-Zeichen.', en: 'A value holds a NUL character.' },
  halfCharacter: {
    de: 'Ein Wert enthält ein halbes Zeichen (ein Surrogat ohne das andere).',
    en: 'A value holds half a character (one surrogate without the other).',
  },
  notJson: { de: 'Der Inhalt ist kein JSON.', en: 'The body is not JSON.' },
  tooDeep: (levels: number) => ({
    de: `Das JSON ist tiefer als ${levels} Ebenen verschachtelt.`,
    en: `The JSON is nested deeper than ${levels} levels.`,
  }),
  tooManyValues: (most: number) => ({
    de: `Das JSON hat mehr als ${most} Felder und Einträge.`,
    en: `The JSON has more than ${most} fields and items.`,
  }),
  tooManyFields: { de: 'Das Formular hat zu viele Felder.', en: 'The form has too many fields.' },
  textsTooLarge: { de: 'Die Texte des Formulars sind zu lang.', en: 'The texts of the form are too long.' },
  takesNoFile: {
    de: 'Zu einem Feld kam eine Datei, das keine annimmt.',
    en: 'A file came in a field that takes none.',
  },
  otherMethods: (methods: readonly string[]) => ({
    de: `Hier geht: ${methods.join(', ')}.`,
    en: `Here you can use: ${methods.join(', ')}.`,
  }),
  tokenUnknown: {
    de: 'Dieses Token gilt hier nicht oder nicht mehr. Ob es das eines Kontos oder der Schlüssel eines Geräts sein muss, steht in /api/v1/openapi.json.',
    en: 'This token is not valid here, or not any more. Whether it has to be one of an account or the key of a device is described in /api/v1/openapi.json.',
  },
  keyCanBeGuessed: (signs: number) => ({
    de: `Ohne Anmeldung braucht der Idempotency-Key mindestens ${signs} zufällige Zeichen, am besten eine UUID: Er allein öffnet die Antwort noch einmal.`,
    en: `Without an account the Idempotency-Key needs at least ${signs} random characters, best a UUID: it alone opens the answer once more.`,
  }),
  brokenMultipart: {
    de: 'Der Inhalt ist kein vollständiges multipart/form-data.',
    en: 'The body is not complete multipart/form-data.',
  },
} as const

/** One violation of a schema, as Ajv names it. */
export interface Violation {
  readonly keyword?: string
  readonly params?: Readonly<Record<string, string | number>>
}

const entries = (n: string) => (n === '1' ? '1 Eintrag' : `${n} Einträge`)

/** What is wrong with a value, by the keyword of JSON Schema that it violates; Ajv itself speaks English only. */
const violations: Readonly<Record<string, (limit: string) => LocalizedText>> = {
  required: () => ({ de: 'Diese Angabe fehlt.', en: 'This value is missing.' }),
  additionalProperties: () => ({ de: 'Dieses Feld ist nicht bekannt.', en: 'This field is not known.' }),
  type: (type) => ({ de: `Erwartet wird der Typ ${type}.`, en: `The type has to be ${type}.` }),
  enum: () => ({ de: 'Dieser Wert steht nicht zur Wahl.', en: 'This value is not one of those allowed.' }),
  maxLength: (n) => ({ de: `Höchstens ${n} Zeichen.`, en: `At most ${n} ${n === '1' ? 'character' : 'characters'}.` }),
  minLength: (n) => ({
    de: `Mindestens ${n} Zeichen.`,
    en: `At least ${n} ${n === '1' ? 'character' : 'characters'}.`,
  }),
  maximum: (n) => ({ de: `Höchstens ${n}.`, en: `At most ${n}.` }),
  minimum: (n) => ({ de: `Mindestens ${n}.`, en: `At least ${n}.` }),
  maxItems: (n) => ({ de: `Höchstens ${entries(n)}.`, en: `At most ${n} ${n === '1' ? 'item' : 'items'}.` }),
  minItems: (n) => ({ de: `Mindestens ${entries(n)}.`, en: `At least ${n} ${n === '1' ? 'item' : 'items'}.` }),
  pattern: () => ({ de: 'Das hat nicht die erwartete Form.', en: 'This does not have the expected form.' }),
  format: (format) => ({ de: `Das hat nicht die Form „${format}“.`, en: `This is not of the form “${format}”.` }),
}
const OTHERWISE: LocalizedText = { de: 'Dieser Wert passt nicht.', en: 'This value does not fit.' }

export function violationWords({ keyword = '', params = {} }: Violation, locale: Locale): string {
  const words = Object.hasOwn(violations, keyword) ? violations[keyword] : undefined
  return (words?.(String(params['limit'] ?? params['type'] ?? params['format'] ?? '')) ?? OTHERWISE)[locale]
}
