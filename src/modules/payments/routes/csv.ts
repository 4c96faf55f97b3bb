import type { Ctx } from '#platform/context.ts'
import { decimalFromCents } from '#platform/money/cents.ts'
import type { BankEntryRow } from '../store/bank.ts'
import { texts } from '../texts/index.ts'

/** An amount as spreadsheets of the language read it. */
export const moneyCell = (ctx: Ctx, cents: number): string =>
  ctx.locale === 'de' ? decimalFromCents(cents).replace('.', ',') : decimalFromCents(cents)

/** Movements of the account, as the clearing and a statement list them. */
export function entryCells(ctx: Ctx) {
  const {
    clearing: t,
    findings,
    resolutions,
    entryStates,
    import: { currency },
  } = texts(ctx)
  return {
    header: [t.bookedOn, t.valueOn, t.party, t.counterAccount, t.remittance, t.amount, currency, t.finding, t.resolution],
    row: (row: BankEntryRow) => [
      row.bookedOn, row.valueOn, row.party, row.partyIban, row.remittance, moneyCell(ctx, row.cents), row.currency,
      findings[row.finding], row.state === 'cleared' && row.resolution ? resolutions[row.resolution] : entryStates[row.state],
    ],
  } // prettier-ignore
}
