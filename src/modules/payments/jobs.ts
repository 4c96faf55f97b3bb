import { jobType } from '#platform/jobs/jobs.ts'

/** Gives money back through the payment service. */
export const refundOnline = jobType<{ refund: string }>('payments.refund-online')

/** Looks at every online payment that was begun and not finished, every minute: no browser is needed. */
export const sweepOnline = jobType('payments.sweep-online')

/** Reminds payers before and after the day, and says what is overdue. */
export const remind = jobType('payments.remind')
