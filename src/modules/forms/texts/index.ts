import { bilingual } from '#platform/i18n/locale.ts'
import type { Source } from '../domain/source.ts'
import { de } from './de.ts'
import { en } from './en.ts'

export const texts = bilingual(de, en)

/** What fields say that were filled in; both languages, because the person may change it on the way. */
export const sourceTexts: { dataSafe: Source; login: Source } = {
  dataSafe: { de: de.source.dataSafe, en: en.source.dataSafe, link: '/konto/daten' },
  login: { de: de.source.login, en: en.source.login, link: '/konto' },
}
