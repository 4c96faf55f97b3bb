import { deviceNames } from '#modules/devices/public.ts'
import { officeBySlug } from '#modules/catalogue/public.ts'
import { isMobile, notify, type Notice } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDate, formatShortDate } from '#platform/i18n/format.ts'
import type { Document } from '../domain/document.ts'
import { texts } from '../texts/index.ts'

/** The code goes by mail and SMS alone and is forgotten once it left; the inbox of an account says where it went. */
export async function tellCode(ctx: Ctx, document: Document, code: string, key: string): Promise<void> {
  const t = texts(document).messages
  const where = await placeOf(ctx, document)
  const until = formatDate(document, document.collectBy)
  const subject = t.readySubject(texts(document).document.named(document.title))
  const how = document.state === 'deposited' ? t.atLocker : t.atCounter
  const hasAddress = document.email !== null || mobileOf(document) !== null
  if (document.email !== null)
    await notify(ctx, {
      key: `pickup:${key}:code`,
      to: { email: document.email },
      locale: document.locale,
      subject,
      paragraphs: [t.ready(where, until), t.code(code), how],
      confidential: true,
      unit: where.unit,
    })
  await tellBySms(ctx, document, {
    key: `pickup:${key}:sms`,
    subject,
    paragraphs: [t.smsCode(code, formatShortDate(document, document.collectBy)), t.smsWhere(where)],
    confidential: true,
    unit: where.unit,
  })
  if (document.account !== null)
    await notify(ctx, {
      key: `pickup:${key}:inbox`,
      to: { accountId: document.account },
      channels: ['inbox'],
      locale: document.locale,
      subject,
      paragraphs: [t.ready(where, until), hasAddress ? t.codeSent : t.noCode, how],
      unit: where.unit,
    })
}

const mobileOf = ({ telephone }: Document) => (telephone !== null && isMobile(telephone) ? telephone : null)

/** In words of its own: what a mail explains would be three messages, with the code at the end. */
async function tellBySms(
  ctx: Ctx,
  document: Document,
  words: Pick<Notice, 'key' | 'subject' | 'paragraphs' | 'confidential' | 'unit'>,
): Promise<void> {
  const telephone = mobileOf(document)
  if (telephone !== null) await notify(ctx, { ...words, to: { telephone }, locale: document.locale, channels: ['sms'] })
}

/** Too late for the code: where it waits, and what to do. */
export async function tellOverdue(ctx: Ctx, document: Document): Promise<void> {
  const t = texts(document).messages
  const where = await placeOf(ctx, document)
  const key = `pickup:${document.id}:overdue:${document.collectBy.toString()}`
  const subject = t.overdueSubject(texts(document).document.named(document.title))
  if (document.account !== null || document.email !== null)
    await notify(ctx, {
      key,
      to: { accountId: document.account, email: document.email },
      locale: document.locale,
      subject,
      paragraphs: [
        t.overdue(texts(document).document.yours(document.title), formatDate(document, document.collectBy)),
        t.overdueHow(where),
      ],
      unit: where.unit,
    })
  await tellBySms(ctx, document, { key: `${key}:sms`, subject, paragraphs: [t.smsOverdue(where)], unit: where.unit })
}

/** No longer in the locker that the message with the code named: where it waits now, and until when. */
export async function tellReturned(ctx: Ctx, document: Document, key: string): Promise<void> {
  const t = texts(document).messages
  const where = await placeOf(ctx, document)
  const subject = t.returnedSubject(texts(document).document.named(document.title))
  if (document.account !== null || document.email !== null)
    await notify(ctx, {
      key: `pickup:${key}:returned`,
      to: { accountId: document.account, email: document.email },
      locale: document.locale,
      subject,
      paragraphs: [
        t.returned(texts(document).document.yours(document.title)),
        t.ready(where, formatDate(document, document.collectBy)),
        t.returnedHow,
      ],
      unit: where.unit,
    })
  await tellBySms(ctx, document, {
    key: `pickup:${key}:returned-sms`,
    subject,
    paragraphs: [t.smsReturned(where, formatShortDate(document, document.collectBy))],
    unit: where.unit,
  })
}

/** One message a day and office, to the address that its staff read. */
export async function tellStaffOverdue(ctx: Ctx, slug: string, count: number, day: Temporal.PlainDate): Promise<void> {
  const office = await officeBySlug(ctx, slug)
  if (!office) return
  const t = texts({ locale: 'de' }).messages
  await notify(ctx, {
    key: `pickup:overdue:${slug}:${day.toString()}`,
    to: { email: office.email },
    channels: ['mail'],
    locale: 'de',
    subject: t.staffSubject(count),
    paragraphs: [t.staffBody(office.name.de)],
    link: { path: `/workbench/abholung?stand=overdue&dienststelle=${slug}`, label: t.staffLink },
    unit: office.units[0] ?? 'rathaus',
  })
}

export interface Place {
  readonly office: string
  readonly address: string
  readonly street: string
  readonly telephone: string
  /** Name of the locker; null at the counter. */
  readonly locker: string | null
  readonly unit: string
}

export async function placeOf(ctx: Ctx, document: Document): Promise<Place> {
  const office = await officeBySlug(ctx, document.office)
  const inLocker = document.state === 'deposited' && document.device !== null
  const locker = inLocker ? ((await deviceNames(ctx, [document.device])).get(document.device) ?? null) : null
  return {
    office: office?.name[document.locale] ?? document.office,
    address: office ? `${office.street} ${office.houseNumber}, ${office.postcode} ${office.place}` : '',
    street: office ? `${office.street} ${office.houseNumber}` : '',
    telephone: office?.telephone ?? '',
    locker,
    unit: office?.units[0] ?? 'rathaus',
  }
}
