import type { Privacy, RetentionRule } from '#platform/module.ts'
import { paymentsOfAccount } from './store/lists.ts'
import {
  anonymiseOldEntries,
  anonymiseOldPayments,
  anonymiseOldRefunds,
  detachAccount,
  forgetAccess,
  KEPT_YEARS,
} from './store/privacy.ts'

const vouchers = {
  de: `${KEPT_YEARS} Jahre nach Ablauf des Jahres (§ 39 GemHVO Baden-Württemberg), dann ohne Namen`,
  en: `${KEPT_YEARS} years after the end of the year (section 39 GemHVO Baden-Württemberg), then without names`,
}

export const retention: readonly RetentionRule[] = [
  {
    table: 'payments_payment',
    purpose: {
      de: 'Gebühren fordern und ihren Eingang nachweisen',
      en: 'To ask for fees and to prove that they arrived',
    },
    rule: vouchers,
    run: anonymiseOldPayments,
  },
  {
    table: 'payments_bank_entry',
    purpose: {
      de: 'Umsätze des Kontos der Stadt den Zahlungen zuordnen',
      en: 'To assign movements of the city’s account to payments',
    },
    rule: vouchers,
    run: anonymiseOldEntries,
  },
  {
    table: 'payments_refund',
    purpose: { de: 'Geld zurückzahlen', en: 'To pay money back' },
    rule: vouchers,
    run: anonymiseOldRefunds,
  },
  {
    table: 'payments_access',
    purpose: { de: 'Zugang zur Zahlung über einen Link', en: 'Access to a payment by a link' },
    rule: { de: '180 Tage', en: '180 days' },
    run: forgetAccess,
  },
]

export const privacy: Privacy = {
  export: async (ctx, accountId) =>
    (await paymentsOfAccount(ctx, accountId)).map((row) => ({
      reference: row.reference,
      purpose: row.purpose,
      cents: row.cents,
      paidCents: row.paidCents,
      refundedCents: row.refundedCents,
      state: row.state,
      name: row.payerName,
      email: row.payerEmail,
      dueOn: row.dueOn,
      createdAt: row.createdAt,
      paidAt: row.paidAt,
    })),
  erase: detachAccount,
}
