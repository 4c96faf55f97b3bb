import { composeIBAN, electronicFormatIBAN, isValidIBAN } from 'ibantools'
import type { Ctx } from '#platform/context.ts'

export interface BankAccount {
  readonly iban: string
  readonly bic: string | null
  readonly holder: string
  /** Belongs to no bank: nothing can be transferred to it by mistake. */
  readonly isDemo: boolean
}

/** A bank code (Bankleitzahl) of zeros is given to no bank (Deutsche Bundesbank, Bankleitzahlendatei). */
const DEMO_IBAN = composeIBAN({ countryCode: 'DE', bban: '000000001234567890' })!

/** The account that payers transfer to; null where the city has configured none. */
export function bankAccountOf(ctx: Pick<Ctx, 'app' | 'tenant'>): BankAccount | null {
  const { config } = ctx.app
  const [iban] = ibansOf(ctx)
  const isDemo = config.setting(ctx.tenant.id, 'PAYMENTS_IBAN') === null
  if (iban === undefined) return null
  return {
    iban,
    bic: config.setting(ctx.tenant.id, 'PAYMENTS_BIC'),
    holder: config.setting(ctx.tenant.id, 'PAYMENTS_HOLDER') ?? ctx.tenant.name,
    isDemo,
  }
}

/** Every account of the city whose statements are taken; the first is the one that payers see. */
export function ibansOf(ctx: Pick<Ctx, 'app' | 'tenant'>): string[] {
  const configured = ctx.app.config.setting(ctx.tenant.id, 'PAYMENTS_IBAN')
  if (configured === null) return isDemoCity(ctx) ? [DEMO_IBAN] : []
  return configured
    .split(',')
    .map((text) => electronicFormatIBAN(text.trim()) ?? '')
    .filter((iban) => isValidIBAN(iban))
}

export const isDemoCity = (ctx: Pick<Ctx, 'app' | 'tenant'>): boolean =>
  ctx.app.config.demo === 'musterstadt' && ctx.tenant.id === 'musterstadt'

/** "DE02 1203 0000 0000 2020 51" */
export const spacedIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ')
