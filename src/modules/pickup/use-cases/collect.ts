import { limited } from '#modules/accounts/public.ts'
import { deviceNames, type Device } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { hashOf, isSecretOf, readCode } from '../domain/code.ts'
import { isOverdue, moved, MOST_WRONG_CODES, SAME_OPENING_SECONDS, type Document } from '../domain/document.ts'
import { countGuess, documentOfNumber, lockDocument, saveDocument } from '../store/documents.ts'
import { inBoth } from '../texts/index.ts'
import { change } from './change.ts'
import { note } from './custody.ts'

/** Codes a quarter of an hour at one locker: more than people who queue there can type. */
const AT_DEVICE = { name: 'pickup-device', most: 40, minutes: 15 }
/** And at the counter, by who types them. */
const AT_COUNTER = { name: 'pickup-counter', most: 60, minutes: 15 }

/** Whose code it is. Every guess is counted before it is judged: by who asks, and by the document. */
async function documentOfCode(ctx: Ctx, typed: string, by: Parameters<typeof limited>[1]): Promise<Result<Document>> {
  const over = await limited(ctx, by)
  if (over) return fail('pickup-too-many-codes', { says: inBoth(({ problems: t }) => t.wait(over.minutes)) })
  const code = readCode(typed)
  if (code === null) return fail('pickup-code-unreadable')
  const document = await documentOfNumber(ctx, code.number)
  if (!document?.codeHash) {
    // As long as with a document, so that nobody hears by the time it takes which numbers are in use.
    await hashOf('none', code.secret)
    return fail('pickup-code-wrong')
  }
  if (!(await countGuess(ctx, document.id, MOST_WRONG_CODES))) return fail('pickup-code-locked')
  return (await isSecretOf(document.id, document.codeHash, code.secret)) ? ok(document) : fail('pickup-code-wrong')
}

/** Opens the compartment for who knows the code. Sent twice within a minute, it is one opening. */
export async function openWithCode(ctx: Ctx, device: Device, typed: string): Promise<Result<Document>> {
  const found = await documentOfCode(ctx, typed, [AT_DEVICE, device.id])
  if (!found.ok) return found
  return transaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, found.value.id)
    // Collected or renewed while the code was looked at.
    if (!document?.codeHash || document.number !== found.value.number) return fail('pickup-code-wrong')
    const refusal = await refusalAt(ctx, device, document)
    if (refusal) return refusal
    const now = ctx.clock.now()
    const next = moved(document, { does: 'open' }, now)
    if (!next) return fail('pickup-not-possible')
    const isSame = document.openedAt !== null && document.openedAt.until(now).total('seconds') < SAME_OPENING_SECONDS
    await saveDocument(ctx, isSame ? { ...next, openedAt: document.openedAt } : next)
    if (isSame) return ok({ ...next, openedAt: document.openedAt })
    const { compartment } = document
    await note(ctx, document, document.state === 'open' ? 'opened-again' : 'opened', { device: device.id, compartment })
    return ok(next)
  })
}

/** Whoever has the right code is told where the document is. */
async function refusalAt(ctx: Ctx, device: Device, document: Document): Promise<Failure | null> {
  if (document.device !== device.id || document.compartment === null) {
    const locker = document.compartment === null ? null : (document.device ?? null)
    const name = locker && ((await deviceNames(ctx, [locker])).get(locker) ?? null)
    return fail('pickup-elsewhere', {
      says: inBoth(({ problems: t }) => (name === null ? t.atCounter : t.inLocker(name))),
    })
  }
  return isOverdue(document, today(ctx.clock)) ? fail('pickup-overdue') : null
}

/** At the counter, for who knows the code or shows their identity card; the log says which. */
export async function handOver(
  ctx: Ctx,
  id: string,
  proof: { code: string } | 'identity-card',
): Promise<Result<Document>> {
  if (proof !== 'identity-card') {
    const found = await documentOfCode(ctx, proof.code, [AT_COUNTER, ctx.account!.id])
    if (!found.ok) return found
    if (found.value.id !== id) return fail('pickup-code-wrong')
  }
  const shown = proof === 'identity-card' ? proof : 'code'
  return change(ctx, id, { does: 'hand-over' }, 'handed-over', () => ({ proof: shown }))
}
