import type { Translated } from '#platform/i18n/locale.ts'
import type { de } from './de.ts'
import { enCity } from './en-city.ts'
import { enPermit } from './en-permit.ts'
import { enStaff } from './en-staff.ts'

export const en: Translated<typeof de> = { ...enCity, ...enPermit, ...enStaff }
