import { accountByEmail } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { pdfOnRequest } from '#platform/pdf/on-request.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { codeOf, hashOf, newNumber, newSecret } from '../domain/code.ts'
import { COUNTER_DAYS, isOver, LOCKER_DAYS, type Document } from '../domain/document.ts'
import { insertDocument, isNumberFree, lockDocument, saveDocument } from '../store/documents.ts'
import { note } from './custody.ts'
import { keptUntil } from './kept-until.ts'
import { pickupLetter } from './letter.ts'
import { tellCode } from './messages.ts'

export type NewDocument = Pick<
  Document,
  'id' | 'office' | 'unit' | 'title' | 'caseNumber' | 'account' | 'name' | 'email' | 'telephone' | 'locale' | 'device'
>

/**
 * A document is ready. Whoever collects it at the counter is told at once; what is meant for a locker is told when it
 * lies there. False where this form has announced it already.
 */
export async function announce(ctx: Ctx, wanted: NewDocument): Promise<boolean> {
  const account = wanted.account ?? (await accountOf(ctx, wanted.email))
  const document: Document = {
    ...wanted,
    account,
    state: 'ready',
    compartment: null,
    number: null,
    codeHash: null,
    wrongCodes: 0,
    announcedAt: ctx.clock.now(),
    collectBy: keptUntil(ctx, COUNTER_DAYS),
    overdueAt: null,
    openedAt: null,
    endedAt: null,
  }
  return transaction(ctx, async (ctx) => {
    if (!(await insertDocument(ctx, document))) return false
    await note(ctx, document, 'announced', document.device === null ? undefined : { device: document.device })
    if (document.device === null) await giveCode(ctx, document)
    return true
  })
}

/** Their own account, if the address is one's: it was confirmed. */
async function accountOf(ctx: Ctx, email: string | null): Promise<string | null> {
  const account = email === null ? null : await accountByEmail(ctx, email)
  return account?.kind === 'citizen' ? account.id : null
}

/** A new code in place of the last one, and the message that holds it; the caller's transaction. */
export async function giveCode(ctx: Ctx, document: Document): Promise<Document> {
  const { coded, code } = await withNewCode(ctx, document)
  const entry = await note(ctx, document, 'code-issued')
  await tellCode(ctx, coded, code, entry.id)
  return coded
}

async function withNewCode(ctx: Ctx, document: Document): Promise<{ coded: Document; code: string }> {
  let number = newNumber()
  while (!(await isNumberFree(ctx, number))) number = newNumber()
  const secret = newSecret()
  const coded = { ...document, number, codeHash: await hashOf(document.id, secret), wrongCodes: 0 }
  await saveDocument(ctx, coded)
  return { coded, code: codeOf(number, secret) }
}

/** Where there is a code: not while it waits to be put into a locker. */
const hasCode = (document: Document) =>
  !isOver(document) && document.state !== 'open' && (document.state === 'deposited' || document.device === null)

/** With new days to collect it from today. */
const keptAnew = (ctx: Ctx, document: Document): Document => {
  const days = document.state === 'deposited' ? LOCKER_DAYS : COUNTER_DAYS
  return { ...document, collectBy: keptUntil(ctx, days), overdueAt: null }
}

/**
 * For who lost the code, or typed too many wrong ones, or comes late: a new one and new days to collect it.
 * @param seen number of the code that is to be replaced: where it has been already, nobody is sent a third one
 */
export const renewCode = (ctx: Ctx, id: string, seen: string): Promise<Result<Document>> =>
  transaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id)
    if (!document) return fail('not-found')
    if (isOver(document) || document.state === 'open') return fail('pickup-not-possible')
    if (document.number !== seen) return ok(document)
    return ok(await giveCode(ctx, keptAnew(ctx, document)))
  })

/**
 * For who has neither mail nor mobile telephone: a new code, which stands in this letter alone and is kept nowhere. Whoever
 * prints it again makes the letter before worthless; where it cannot be made, the old code goes on.
 */
export const printLetter = (ctx: Ctx, id: string): Promise<Result<{ document: Document; pdf: Buffer }>> =>
  // Who stands in line for the machine that makes PDFs holds no connection and no document meanwhile.
  pdfOnRequest(() =>
    transaction(ctx, async (ctx) => {
      const document = await lockDocument(ctx, id)
      if (!document) return fail('not-found')
      if (!hasCode(document)) return fail('pickup-not-possible')
      const { coded, code } = await withNewCode(ctx, keptAnew(ctx, document))
      await note(ctx, document, 'letter-printed')
      return ok({ document: coded, pdf: await pickupLetter(ctx, coded, code) })
    }),
  )
