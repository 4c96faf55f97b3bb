import { caseById, statusPath } from '#modules/cases/public.ts'
import { notify, type Notice } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDate, formatMoney } from '#platform/i18n/format.ts'
import { lastDay, type Permit } from '../domain/permit.ts'
import { zoneWords } from '../domain/zone.ts'
import { texts } from '../texts/index.ts'

/** What happened to a permit; also the last part of the audit entry's action. */
export type News = 'plate-changed' | 'moved' | 'address-changed' | 'returned' | 'lost' | 'reminder'

/** Writes to the holder, in the caller's transaction. */
export async function tellHolder(ctx: Ctx, permit: Permit, news: News, more: More = {}): Promise<void> {
  if (permit.accountId !== null || permit.email !== null) await notify(ctx, await holderNotice(ctx, permit, news, more))
}

interface More {
  readonly refundCents?: number
}

/** What the holder reads, in their language; with the permit where it is a new one. */
export async function holderNotice(ctx: Ctx, permit: Permit, news: News, more: More = {}): Promise<Notice> {
  const at = { locale: permit.locale }
  const t = texts(at).news[news]
  const facts = {
    number: permit.number ?? '',
    plate: permit.plate,
    zone: zoneWords(permit.zone, permit.zoneName),
    until: formatDate(at, lastDay(permit)),
    refund: more.refundCents ? formatMoney(at, more.refundCents) : '',
  }
  const isNew = news === 'plate-changed' || news === 'moved' || news === 'lost'
  return {
    key: `permit:${permit.id}:${news}`,
    to: { accountId: permit.accountId, email: permit.email },
    locale: permit.locale,
    subject: t.subject(facts),
    paragraphs: t.paragraphs(facts).split('\n'),
    link: await linkOf(ctx, permit, news),
    unit: permit.unit,
    attachments: isNew && permit.fileId ? [permit.fileId] : [],
  }
}

async function linkOf(ctx: Ctx, permit: Permit, news: News): Promise<{ path: string; label: string } | null> {
  const t = texts({ locale: permit.locale }).news
  if (news === 'reminder') return { path: permit.accountId ? renewalPath(permit) : RENEWAL_PATH, label: t.renewLink }
  if (permit.accountId) return { path: `/konto/parkausweise/${permit.id}`, label: t.permitLink }
  const kase = permit.caseId ? await caseById(ctx, permit.caseId) : null
  return kase && { path: statusPath(kase), label: t.permitLink }
}

export const RENEWAL_PATH = '/antrag/resident-parking'

/** The form, begun with what the permit says where its holder is signed in. */
export const renewalPath = (permit: Pick<Permit, 'id'>): string => `${RENEWAL_PATH}?erneuern=${permit.id}`
