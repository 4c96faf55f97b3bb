import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import type { Document } from '../domain/document.ts'

export type Event =
  | 'announced'
  | 'code-issued'
  | 'letter-printed'
  | 'deposited'
  | 'opened'
  | 'opened-again'
  | 'taken'
  | 'door-failed'
  | 'returned'
  | 'handed-over'
  | 'overdue'
  | 'withdrawn'

/** One entry of a document's custody log: who and when are the context's, names of people are never in it. */
export const note = (
  ctx: Ctx,
  document: Pick<Document, 'id'>,
  event: Event,
  data?: Readonly<Record<string, unknown>>,
) => audit(ctx, { subject: `pickup:${document.id}`, action: `pickup.${event}`, ...(data ? { data } : {}) })
