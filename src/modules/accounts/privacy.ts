import type { Privacy } from '#platform/module.ts'
import { accountById, deleteAccount } from './store/accounts.ts'
import { loadDataSafe, readingsOf } from './store/data-safe.ts'
import { assignmentsOf } from './store/roles.ts'
import { runningSessions } from './store/sessions.ts'
import { apiTokens } from './store/tokens.ts'

/** Most readings in an export; the page shows all. */
const READINGS = 10_000

export const privacy: Privacy = {
  export: async (ctx, accountId) => ({
    account: await accountById(ctx, accountId),
    dataSafe: await loadDataSafe(ctx, accountId),
    readings: await readingsOf(ctx, accountId, READINGS, 0),
    roles: (await assignmentsOf(ctx, accountId)).map(({ role, unit }) => ({ role, unit })),
    sessions: (await runningSessions(ctx, accountId, undefined)).map(({ device, createdAt, lastSeenAt }) => ({
      device,
      createdAt,
      lastSeenAt,
    })),
    apiTokens: await apiTokens(ctx, accountId),
  }),
  // Sessions, tokens, data safe and readings go with the account.
  erase: (ctx, accountId) => deleteAccount(ctx, accountId),
}
