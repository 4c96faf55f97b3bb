import type { HealthProbe } from '#platform/module.ts'
import { bankAccountOf } from './bank-account.ts'
import { providerOf } from './provider/choose.ts'
import { openClearings } from './store/bank.ts'
import { checkLedger } from './store/ledger.ts'

export const health: readonly HealthProbe[] = [
  {
    name: 'payments.ledger',
    check: async (ctx) => {
      const found = await checkLedger(ctx)
      const faults = [
        found.unbalanced > 0 ? `${found.unbalanced} transactions do not add up to 0` : '',
        found.disagreeing > 0 ? `${found.disagreeing} payments disagree with the ledger` : '',
        found.bankDifference !== 0
          ? `the bank account differs from the statements by ${found.bankDifference} cents`
          : '',
        found.suspenseDifference !== 0
          ? `suspense differs from the movements by ${found.suspenseDifference} cents`
          : '',
      ].filter(Boolean)
      return faults.length > 0
        ? { ok: false, message: faults.join('; ') }
        : { ok: true, message: `${found.transactions} transactions add up, every payment agrees with them` }
    },
  },
  {
    name: 'payments.ways',
    check: async (ctx) => {
      const account = bankAccountOf(ctx)
      const ways = [
        account === null
          ? 'no bank account (setting PAYMENTS_IBAN)'
          : account.isDemo
            ? 'demo bank account'
            : 'bank account configured',
        providerOf(ctx) === null ? 'no payment service (setting XBEZAHL_URL)' : 'payment service configured',
        `${await openClearings(ctx)} movements wait for a clerk`,
      ]
      return { ok: account !== null || providerOf(ctx) !== null, message: ways.join('; ') }
    },
  },
]
