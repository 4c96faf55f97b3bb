import type { Locale } from '#platform/i18n/locale.ts'
import { de } from './de.ts'
import { en } from './en.ts'

export type Texts = typeof en

/** Not `bilingual`: mails are functions that give whole letters and not strings. A missing text does not compile here either. */
export const texts = ({ locale }: { locale: Locale }): Texts => (locale === 'en' ? en : de)
