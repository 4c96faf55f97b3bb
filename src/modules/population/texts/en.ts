import type { Translated } from '#platform/i18n/locale.ts'
import type { de } from './de.ts'

export const en: Translated<typeof de> = {
  confirmed: 'The population register confirms the person and the main residence.',
  secondary: 'The person is registered at this address with a secondary residence only.',
  notFound: 'Nobody of this name and date of birth is registered at this address.',
  different: (what) => `The population register knows the person, but this differs: ${what}.`,
  differences: { name: 'name', birthDate: 'date of birth', address: 'address' },
  tooOften: 'There were very many questions about this person today. Please check by hand who is asking.',
  unavailable: 'The population register did not answer.',
}
