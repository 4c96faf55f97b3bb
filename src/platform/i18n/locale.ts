export const LOCALES = ['de', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** Same keys and same function signatures as the German texts, other words. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : T[K] extends object
        ? Translated<T[K]>
        : never
}

/**
 * Ties a module's German texts to their English ones. German leads: a text that is missing in English does not compile.
 * Use: `export const texts = bilingual(de, en)`, then `const t = texts(ctx)`.
 */
export function bilingual<T extends object>(de: T, en: Translated<T>): (at: { locale: Locale }) => Translated<T> {
  const german = de as Translated<T>
  return ({ locale }) => (locale === 'en' ? en : german)
}

/** A text in both languages, for texts that come from data and not from a module's `texts/`. */
export interface LocalizedText {
  readonly de: string
  readonly en: string
}
