export type { Claim, Confirmation, Difference } from './domain/confirmation.ts'
export { compareNames, type Likeness, type Name } from './domain/names.ts'
export { confirmResident } from './register.ts'
