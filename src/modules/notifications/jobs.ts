import { jobType } from '#platform/jobs/jobs.ts'

/** Hands one delivery to its transport; retried with back-off until it is taken or refused for good. */
export const deliver = jobType<{ delivery: string }>('notifications.deliver')
