import { unitById } from '#modules/accounts/public.ts'
import { accessCodeFor, caseById, statusPath, type Case } from '#modules/cases/public.ts'
import { notify } from '#modules/notifications/public.ts'
import { definitionOf, summaryOf, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { href } from '#platform/html/href.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import { renderPdf } from '#platform/pdf/pdf.ts'
import { draftOfCase } from '../store/drafts.ts'
import { fileFacts } from '../store/files.ts'
import { hasReceipt, noteReceipt } from '../store/submissions.ts'
import { texts } from '../texts/index.ts'
import { allFileIds } from './save-step.ts'
import { draftKey } from './submit.ts'
import { receiptTemplate } from './receipt-template.ts'

/** The code of a case that came from a draft; null for one that came by JSON, whose sender has it. */
export async function codeOf(ctx: Ctx, caseId: string): Promise<string | null> {
  const draft = await draftOfCase(ctx, caseId)
  return draft && accessCodeFor(caseId, draftKey(draft.id))
}

/** The receipt as PDF/UA: number, time, what happens next, and all answers. */
export async function receiptPdf(ctx: Ctx, def: ServiceDefinition, kase: Case, code: string | null): Promise<Buffer> {
  const t = texts(ctx).receipt
  const unit = await unitById(ctx, kase.unit)
  const { contact } = ctx.tenant.theme
  const files = await fileFacts(ctx, allFileIds(def, kase.answers), `case:${kase.id}`)
  return renderPdf({
    source: receiptTemplate,
    title: `${t.title}: ${kase.number}`,
    locale: ctx.locale,
    data: {
      city: { name: ctx.tenant.name, ...contact },
      unit: unit && { name: unit.name[ctx.locale], telephone: unit.telephone, email: unit.email },
      words: {
        title: t.title,
        next: t.next,
        answers: t.copyTitle,
        contact: t.contact,
        codeNote: code ? t.codeNote : null,
      },
      facts: [
        { label: t.service, value: def.texts[ctx.locale].service.title },
        { label: t.number, value: kase.number },
        { label: t.at, value: formatDateTime(ctx, kase.openedAt) },
        ...(code ? [{ label: t.code, value: code }] : []),
        // On paper a link is no use: the whole address of the page that asks for number and code, or of the case.
        { label: t.where, value: `${ctx.tenant.baseUrl}${href(ctx, code ? '/stand' : statusPath(kase))}` },
      ],
      next: def.texts[ctx.locale].service.next,
      sections: summaryOf(def, kase.answers, ctx.locale, files).map(({ title, entries }) => ({
        title,
        entries: entries.map(({ label, value }) => ({ label, value })),
      })),
    },
  })
}

/** Sends the receipt of a case by mail, once, however often the event of its opening is delivered. */
export async function sendReceipt(ctx: Ctx, caseId: string): Promise<void> {
  if (await hasReceipt(ctx, caseId)) return
  const kase = await caseById(ctx, caseId)
  const def = kase && (await definitionOf(ctx, kase.service, kase.version))
  if (!kase || !def || kase.applicant.email === '') return
  const at: Ctx = { ...ctx, locale: kase.applicant.locale }
  // Who has an account sees the case there and needs no code.
  const code = kase.applicant.accountId ? null : await codeOf(at, caseId)
  const pdf = await receiptPdf(at, def, kase, code)
  const t = texts(at).mail
  const { title } = def.texts[at.locale].service
  await transaction(at, async (inner) => {
    const file = await inner.app.files.save(inner, {
      name: `${texts(at).receipt.title} ${kase.number}.pdf`,
      content: pdf,
      owner: `case:${caseId}`,
    })
    // Another delivery of the same event was quicker: its file and mail count, ours are undone.
    if (!(await noteReceipt(inner, caseId, file.id))) return inner.app.files.remove(inner, file.id)
    await notify(inner, {
      key: `forms.receipt:${caseId}`,
      to: { accountId: kase.applicant.accountId, email: kase.applicant.email },
      unconfirmed: true,
      locale: at.locale,
      subject: t.receiptSubject(title, kase.number),
      paragraphs: [
        t.receipt(title, formatDateTime(at, kase.openedAt)),
        t.number(kase.number),
        ...(code ? [t.code(code)] : []),
        ...def.texts[at.locale].service.next,
        t.attached,
      ],
      link: { path: statusPath(kase), label: t.statusLink },
      caseId,
      unit: kase.unit,
      attachments: [file.id],
      // The code lets somebody in: not for the eyes of staff.
      confidential: code !== null,
    })
  })
}
