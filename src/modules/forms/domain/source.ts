import type { LocalizedText } from '#platform/i18n/locale.ts'

/** Where an answer was filled in from; `link` is where it can be changed for good. */
export type Source = LocalizedText & { readonly link?: string }
