import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { OperatorError } from '#platform/operator-error.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Account } from './domain/account.ts'
import { normalizeMail } from './domain/mail-address.ts'
import { hashPassword } from './hashing.ts'
import { insertAccount } from './store/accounts.ts'
import { insertAssignment } from './store/roles.ts'

export interface Person {
  readonly name: string
  readonly email: string
  readonly locale?: Locale
  /** Without one the person cannot sign in by password yet. */
  readonly password?: string
}

/**
 * Adds a citizen's account, confirmed: for the command line and for tests. People themselves register by mail.
 * @throws where the address is none or taken
 */
export const addCitizen = (ctx: Ctx, person: Person): Promise<Account> => add(ctx, 'citizen', person, null)

/**
 * Adds a member of staff with roles (in the home unit where none is named): for the command line and for tests.
 * @throws where the address is none or taken, or a unit or role does not exist
 */
export const addStaff = (
  ctx: Ctx,
  person: Person & { unit: string; roles: readonly (string | { role: string; unit: string })[] },
): Promise<Account> =>
  transaction(ctx, async (ctx) => {
    const account = await add(ctx, 'staff', person, person.unit)
    for (const entry of person.roles) {
      const { role, unit } = typeof entry === 'string' ? { role: entry, unit: person.unit } : entry
      await insertAssignment(ctx, account.id, role, unit)
    }
    return account
  })

async function add(ctx: Ctx, kind: Account['kind'], person: Person, unitId: string | null): Promise<Account> {
  const email = normalizeMail(person.email)
  if (email === null) throw new OperatorError(`"${person.email}" is no mail address`)
  const account = { id: newId(), kind, name: person.name, email, locale: person.locale ?? 'de' } as const
  const passwordHash = person.password === undefined ? null : await hashPassword(person.password)
  const confirmed = kind === 'citizen' || passwordHash !== null
  if (!(await insertAccount(ctx, { ...account, passwordHash, unitId, confirmed })))
    throw new OperatorError(`there is an account with the address ${email} already`)
  return account
}
