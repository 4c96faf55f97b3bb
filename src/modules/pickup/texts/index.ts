import { bilingual } from '#platform/i18n/locale.ts'
import { de } from './de.ts'
import { en } from './en.ts'

export const texts = bilingual(de, en)

/** What a failure says, for whoever reads it. */
export const inBoth = (words: (t: ReturnType<typeof texts>) => string): Record<'de' | 'en', string> => ({
  de: words(texts({ locale: 'de' })),
  en: words(texts({ locale: 'en' })),
})
