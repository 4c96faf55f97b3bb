import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unitById } from '#modules/accounts/public.ts'
import { summaryOf, type LetterTexts } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { renderPdf } from '#platform/pdf/pdf.ts'
import { today } from '#platform/time/clock.ts'
import { GENERAL_LETTER } from '../domain/letters.ts'
import { insertDocument } from '../store/documents.ts'
import { texts } from '../texts/index.ts'
import { fillIn, placeholders } from './placeholders.ts'
import type { Progress } from './progress.ts'

/** The template does not compile with these data: often because it needs what only a decision gives (a permit's number). */
export class TemplateError extends Error {}

const GENERAL_SOURCE = readFileSync(join(import.meta.dirname, '../document/general.typ'), 'utf8')

/** Makes a letter from the service's template, keeps it with the case and returns the id of its file. */
export async function makeLetter(
  ctx: Ctx,
  template: string,
  progress: Progress,
  inputs: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { kase } = progress
  const pdf = await renderLetter(ctx, template, progress, inputs)
  const title = letterTitle(progress, template, inputs)
  const file = await ctx.app.files.save(ctx, {
    name: `${title} ${kase.number}.pdf`,
    content: pdf,
    owner: `case:${kase.id}`,
  })
  await insertDocument(ctx, { caseId: kase.id, fileId: file.id, kind: 'letter', template, title })
  await audit(ctx, {
    subject: `case:${kase.id}`,
    action: 'cases.letter-made',
    data: { template, title, fileId: file.id },
  })
  return file.id
}

/** The letter as PDF/UA, without keeping it: for the preview before a decision. */
export async function renderLetter(
  ctx: Ctx,
  template: string,
  progress: Progress,
  inputs: Readonly<Record<string, unknown>>,
): Promise<Buffer> {
  const source =
    template === GENERAL_LETTER
      ? GENERAL_SOURCE
      : progress.definition.letters.find(({ name }) => name === template)?.source
  if (source === undefined) throw new Error(`the service ${progress.kase.service} has no letter ${template}`)
  const data = await letterData(ctx, template, progress, inputs)
  try {
    return await renderPdf({
      source,
      data,
      title: letterTitle(progress, template, inputs),
      locale: progress.kase.applicant.locale,
    })
  } catch (error) {
    throw new TemplateError(error instanceof Error ? error.message : 'the template does not compile')
  }
}

/** Its title in the applicant's language. */
export function letterTitle(progress: Progress, template: string, inputs: Readonly<Record<string, unknown>>): string {
  if (template === GENERAL_LETTER) return typeof inputs['subject'] === 'string' ? inputs['subject'] : ''
  const words = progress.definition.texts[progress.kase.applicant.locale].letters[template]
  return words ? fillIn(words.title, placeholders(progress, inputs)) : template
}

/** What a template can use; documented in docs/adding-a-service.md. */
async function letterData(ctx: Ctx, template: string, progress: Progress, inputs: Readonly<Record<string, unknown>>) {
  const { kase, definition } = progress
  const { locale } = kase.applicant
  const at = { locale }
  const day = today(ctx.clock)
  const unit = await unitById(ctx, kase.unit)
  const { contact } = ctx.tenant.theme
  const values: Record<string, string> = { ...placeholders(progress, inputs), today: formatDate(at, day) }
  return {
    locale,
    title: letterTitle(progress, template, inputs),
    today: formatDate(at, day),
    todayIso: day.toString(),
    city: {
      name: ctx.tenant.name,
      street: contact.street,
      postcode: contact.postcode,
      place: contact.place,
      telephone: contact.telephone,
      email: contact.email,
      representative: contact.representative,
    },
    unit: unit && { name: unit.name[locale], telephone: unit.telephone, email: unit.email },
    case: {
      number: kase.number,
      openedOn: formatDate(at, kase.openedOn),
      openedOnIso: kase.openedOn.toString(),
      service: definition.texts[locale].service.title,
    },
    applicant: { name: kase.applicant.name, email: kase.applicant.email },
    answers: kase.answers,
    summary: summaryOf(definition, kase.answers, locale).map(({ title, entries }) => ({
      title,
      entries: entries.map(({ label, value }) => ({ label, value })),
    })),
    input: { ...progress.input, ...inputs },
    findings: kase.findings,
    results: progress.results,
    fee: values['fee'] ?? null,
    feeCents: progress.payment?.cents ?? null,
    dueOn: values['dueOn'] ?? null,
    words: texts(at).letter,
    texts: filledTexts(definition.texts[locale].letters[template], values),
  }
}

function filledTexts(words: LetterTexts | undefined, values: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(words ?? {}).map(([key, text]) => [
      key,
      typeof text === 'string' ? fillIn(text, values) : text.map((line) => fillIn(line, values)),
    ]),
  )
}
