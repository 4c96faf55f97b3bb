import type { Ctx } from '#platform/context.ts'
import { button, details, fileField, fileSize, icon, link, list, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { CaseDocument } from '../../store/documents.ts'
import { texts } from '../../texts/index.ts'
import { lines } from '../case-page.ts'
import { waitsFor } from '../mine.ts'
import type { OwnModel, OwnPageState } from './model.ts'

/** Kinds and sizes of what can be handed in later. */
export const HAND_IN = {
  kinds: ['application/pdf', 'image/jpeg', 'image/png'],
  maxBytes: 10_000_000,
  maxFiles: 10,
} as const

/** What is missing and the way to hand it in; folded where nothing is asked for. */
export function missing(ctx: Ctx, model: OwnModel, { errors = {} }: OwnPageState): Html {
  const t = texts(ctx).own
  const { kase } = model
  const isAwaited = kase.missing !== null || waitsFor(model.definition, kase.state) === 'applicant'
  if (kase.closedAt && !isAwaited) return nothing
  const upload = html`<form class="rh-form" method="post" enctype="multipart/form-data" action="${href(ctx, `${model.base}/unterlagen`)}" novalidate>
    ${fileField(ctx, {
      name: 'files',
      label: t.handIn,
      hint: t.handInHint,
      accept: HAND_IN.kinds,
      kinds: t.kinds,
      maxBytes: HAND_IN.maxBytes,
      multiple: true,
      error: errors['files'],
    })}
    ${button({ label: t.upload, kind: isAwaited ? 'primary' : 'secondary' })}
  </form>`
  if (!isAwaited) return details({ summary: t.handIn, open: 'files' in errors, id: 'nachreichen' }, upload)
  return section(
    { title: t.missing, id: 'nachreichen' },
    kase.missing
      ? html`<div class="rh-consequence">${icon('warning')}<div class="rh-prose">${lines(kase.missing)}</div></div>`
      : nothing,
    upload,
  )
}

export function documentList(ctx: Ctx, model: OwnModel, documents: readonly CaseDocument[]): Html {
  return list(
    documents.map(
      (d) =>
        html`${link(href(ctx, `${model.base}/dokumente/${d.id}`), d.title ?? d.name)} (${fileSize(ctx, d.bytes)}, ${formatDate(ctx, d.createdAt)})`,
    ),
  )
}
