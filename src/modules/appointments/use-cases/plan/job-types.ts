import { jobType } from '#platform/jobs/jobs.ts'

/** Moves and writes to those whom a change has hit. */
export const settleChange = jobType<{ change: string }>('appointments.settle-change')
/** Looks for those who booked by the old hours while they were changed. */
export const lookAgain = jobType<{ change: string }>('appointments.look-again')
