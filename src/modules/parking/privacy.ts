import type { Privacy } from '#platform/module.ts'
import type { Permit } from './domain/permit.ts'
import { permitsOfAccount, unlinkAccount } from './store/permits.ts'

/** What a person is told of a permit: all of it but the keys by which the city finds it. */
const TOLD = [
  'number',
  'zone',
  'plate',
  'from',
  'until',
  'state',
  'givenName',
  'familyName',
  'birthDate',
  'street',
  'houseNumber',
  'postcode',
  'place',
  'issuedAt',
] as const satisfies readonly (keyof Permit)[]

/** A valid permit stays when an account goes: it is valid without one, and officers check it until it ends. */
export const privacy: Privacy = {
  export: async (ctx, accountId) => ({
    permits: (await permitsOfAccount(ctx, accountId)).map((permit) =>
      Object.fromEntries(TOLD.map((name) => [name, permit[name]])),
    ),
  }),
  erase: unlinkAccount,
}
