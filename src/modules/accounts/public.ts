/**
 * The door of accounts: who people are, which unit of the administration does what, and what a citizen has left
 * with the city so as not to type it again (the data safe).
 */
export type { Account, AccountKind } from './domain/account.ts'
export type { DataSafe, DataSafePart, Vehicle } from './domain/data-safe.ts'
export type { Unit } from './domain/unit.ts'
export { units, unitById, unitsBelow } from './store/units.ts'
export { accountById, accountByEmail, isActive, accountsByIds, staffIn, unitsOf } from './store/accounts.ts'
export { readDataSafe, writeDataSafe } from './store/data-safe.ts'
export { accountErased } from './events.ts'
export type { Limit } from './domain/attempts.ts'
export { limited } from './use-cases/limits.ts'
export { accountMailer, type AccountMail, type AccountMailer } from './mail.ts'
export { addCitizen, addStaff, type Person } from './people.ts'
export { insertUnit as addUnit } from './store/units.ts'
