import { bilingual } from '#platform/i18n/locale.ts'
import { de } from './de.ts'
import { en } from './en.ts'

export const texts = bilingual(de, en)
