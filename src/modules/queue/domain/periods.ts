/** What whoever reads figures mostly asks for, without typing days. */
export const PERIODS = ['this-week', 'last-week', 'last-month'] as const
export type Period = (typeof PERIODS)[number]

/** First and last day. Weeks begin on Monday. */
export function periodOf(period: Period, today: Temporal.PlainDate): readonly [Temporal.PlainDate, Temporal.PlainDate] {
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  switch (period) {
    case 'this-week':
      return [monday, today]
    case 'last-week':
      return [monday.subtract({ days: 7 }), monday.subtract({ days: 1 })]
    case 'last-month': {
      const first = today.with({ day: 1 })
      return [first.subtract({ months: 1 }), first.subtract({ days: 1 })]
    }
  }
}
