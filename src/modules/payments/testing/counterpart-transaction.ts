/** A payment as the other side keeps it; statuses are spelt as XBezahldienste spells them. */
export interface CounterpartTransaction {
  readonly id: string
  readonly request: Record<string, unknown>
  status: 'INITIAL' | 'PAYED' | 'FAILED' | 'CANCELED'
  readonly refunds: Map<string, number>
}
