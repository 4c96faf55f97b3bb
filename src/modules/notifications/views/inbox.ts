import type { Ctx } from '#platform/context.ts'
import type { StoredFile } from '#platform/files/files.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  badge,
  buttonForm,
  buttonGroup,
  emptyState,
  fileSize,
  link,
  linkButton,
  list,
  pageHeading,
  pagination,
  prose,
  section,
  table,
} from '#platform/html/components/index.ts'
import { formatDateTime, formatShortDate } from '#platform/i18n/format.ts'
import type { MessageRow } from '../store/messages.ts'
import { texts } from '../texts/index.ts'

const crumbs = (ctx: Ctx) => [{ label: texts(ctx).account, href: href(ctx, '/konto') }]

export function inboxPage(
  ctx: Ctx,
  view: { rows: readonly MessageRow[]; total: number; unread: number; page: number; pageSize: number },
): Html {
  const t = texts(ctx).inbox
  return layout(ctx, {
    title: t.title,
    breadcrumbs: [...crumbs(ctx), { label: t.title }],
    main: html`${pageHeading({ title: t.title, lead: view.total > 0 ? t.lead(view.unread) : undefined })}
    ${table(ctx, {
      caption: t.caption,
      captionHidden: true,
      rows: view.rows,
      columns: [
        {
          key: 'subject',
          title: t.subject,
          cell: (row) => link(href(ctx, `/konto/nachrichten/${row.id}`), row.subject),
        },
        {
          key: 'state',
          title: t.state,
          cell: (row) => (row.readAt === null ? badge({ kind: 'info', label: t.isNew, small: true }) : t.read),
        },
        { key: 'date', title: t.date, nowrap: true, cell: (row) => formatShortDate(ctx, row.createdAt) },
      ],
      empty: emptyState({ title: t.empty, body: t.emptyBody }),
    })}
    ${pagination(ctx, {
      page: view.page,
      pageSize: view.pageSize,
      total: view.total,
      href: (page) => href(ctx, `/konto/nachrichten?seite=${page}`),
    })}
    ${view.unread > 1 ? buttonForm({ label: t.readAll, action: href(ctx, '/konto/nachrichten/gelesen') }) : nothing}`,
  })
}

export function inboxMessagePage(ctx: Ctx, message: MessageRow, files: readonly StoredFile[]): Html {
  const t = texts(ctx).inbox
  const path = `/konto/nachrichten/${message.id}`
  return layout(ctx, {
    title: message.subject,
    breadcrumbs: [
      ...crumbs(ctx),
      { label: t.title, href: href(ctx, '/konto/nachrichten') },
      { label: message.subject },
    ],
    main: html`${pageHeading({ title: message.subject, preline: t.receivedOn(formatDateTime(ctx, message.createdAt)) })}
      <div${langOf(ctx, message)}>${messageBody(ctx, message)}</div>
      ${
        files.length === 0
          ? nothing
          : section(
              { title: t.attachments },
              list(
                files.map((file) =>
                  link(href(ctx, `${path}/anlagen/${file.id}`), `${file.name} (${fileSize(ctx, file.bytes)})`),
                ),
                { plain: true },
              ),
            )
      }
      ${message.email === null ? nothing : prose(html`<p class="kern-hint">${t.alsoByMail(message.email)}</p>`)}
      ${buttonForm({ label: t.markUnread, kind: 'tertiary', action: href(ctx, `${path}/ungelesen`) })}`,
  })
}

/** Paragraphs and the link of a message, as portal and outbox show them. */
export function messageBody(ctx: Ctx, message: MessageRow): Html {
  return html`${prose(message.paragraphs.map((text) => html`<p class="rh-lines">${text}</p>`))}
  ${
    message.linkPath === null
      ? nothing
      : buttonGroup(
          linkButton({
            label: message.linkLabel ?? message.subject,
            href: href(message, message.linkPath),
            kind: 'primary',
          }),
        )
  }`
}

/** A message keeps the language it was written in, whatever the page around it speaks (WCAG 3.1.2). */
export const langOf = (ctx: Ctx, message: MessageRow): Html =>
  message.locale === ctx.locale ? nothing : html` lang="${message.locale}"`
