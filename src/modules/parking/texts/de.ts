import { deCity } from './de-city.ts'
import { dePermit } from './de-permit.ts'
import { deStaff } from './de-staff.ts'

export const de = { ...deCity, ...dePermit, ...deStaff }
