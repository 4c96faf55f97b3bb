import { eventType } from '#platform/events/events.ts'

/** An account was deleted at its owner's wish, together with what each module's `privacy.erase` deletes. */
export const accountErased = eventType<{ readonly accountId: string }>('accounts.erased')
