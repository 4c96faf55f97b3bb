import type { Privacy } from '#platform/module.ts'
import { permitsOfAccount, unlinkAccount } from './store/permits.ts'

/** A valid permit stays when an account goes: it is valid without one, and officers check it until it ends. */
export const privacy: Privacy = {
  export: async (ctx, accountId) => ({
    permits: (await permitsOfAccount(ctx, accountId)).map(
      ({
        number,
        zone,
        plate,
        from,
        until,
        state,
        givenName,
        familyName,
        birthDate,
        street,
        houseNumber,
        postcode,
        place,
        issuedAt,
      }) => ({
        number,
        zone,
        plate,
        from,
        until,
        state,
        givenName,
        familyName,
        birthDate,
        street,
        houseNumber,
        postcode,
        place,
        issuedAt,
      }),
    ),
  }),
  erase: unlinkAccount,
}
