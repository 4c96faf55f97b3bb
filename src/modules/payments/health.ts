import type { HealthProbe } from '#platform/module.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { bankAccountOf } from './bank-account.ts'
import { providerOf } from './provider/choose.ts'
import { openClearings } from './store/bank.ts'
import { checkLedger } from './store/ledger.ts'

const joined = (parts: readonly LocalizedText[]): LocalizedText => ({
  de: parts.map(({ de }) => de).join('; '),
  en: parts.map(({ en }) => en).join('; '),
})

export const health: readonly HealthProbe[] = [
  {
    name: { de: 'Kontobuch', en: 'Ledger' },
    check: async (ctx) => {
      const found = await checkLedger(ctx)
      const faults = [
        found.unbalanced > 0 && {
          de: `${found.unbalanced} Buchungen ergeben nicht 0`,
          en: `${found.unbalanced} transactions do not add up to 0`,
        },
        found.disagreeing > 0 && {
          de: `${found.disagreeing} Zahlungen weichen vom Kontobuch ab`,
          en: `${found.disagreeing} payments disagree with the ledger`,
        },
        found.bankDifference !== 0 && {
          de: `das Bankkonto weicht um ${found.bankDifference} Cent von den Auszügen ab`,
          en: `the bank account differs from the statements by ${found.bankDifference} cents`,
        },
        found.suspenseDifference !== 0 && {
          de: `das Verwahrkonto weicht um ${found.suspenseDifference} Cent von den Umsätzen ab`,
          en: `suspense differs from the movements by ${found.suspenseDifference} cents`,
        },
      ].filter((fault) => fault !== false)
      if (faults.length > 0) return { ok: false, message: joined(faults) }
      return {
        ok: true,
        message: {
          de: `${found.transactions} Buchungen gehen auf, jede Zahlung stimmt mit ihnen überein`,
          en: `${found.transactions} transactions add up, every payment agrees with them`,
        },
      }
    },
  },
  {
    name: { de: 'Zahlungswege', en: 'Ways to pay' },
    check: async (ctx) => {
      const account = bankAccountOf(ctx)
      const waiting = await openClearings(ctx)
      const ways = [
        account === null
          ? { de: 'kein Bankkonto (Einstellung PAYMENTS_IBAN)', en: 'no bank account (setting PAYMENTS_IBAN)' }
          : account.isDemo
            ? { de: 'Bankkonto zum Ausprobieren', en: 'demo bank account' }
            : { de: 'Bankkonto eingerichtet', en: 'bank account configured' },
        providerOf(ctx) === null
          ? { de: 'kein Bezahldienst (Einstellung XBEZAHL_URL)', en: 'no payment service (setting XBEZAHL_URL)' }
          : { de: 'Bezahldienst eingerichtet', en: 'payment service configured' },
        { de: `${waiting} Umsätze sind zu klären`, en: `${waiting} movements wait for a clerk` },
      ]
      return { ok: account !== null || providerOf(ctx) !== null, message: joined(ways) }
    },
  },
]
