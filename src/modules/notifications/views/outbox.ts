import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  descriptionList,
  details,
  emptyState,
  link,
  pageHeading,
  searchField,
  section,
  table,
} from '#platform/html/components/index.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import { mailText, smsText, type MailParts } from '../domain/mail-text.ts'
import type { Channel } from '../domain/notice.ts'
import type { MessageRow } from '../store/messages.ts'
import { texts } from '../texts/index.ts'
import { langOf, messageBody } from './inbox.ts'

export function outboxPage(ctx: Ctx, rows: readonly (MessageRow & { channels: string[] })[], q: string): Html {
  const { outbox: t, sent, channels } = texts(ctx)
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    area: 'portal',
    breadcrumbs: [{ label: t.title }],
    main: html`${pageHeading({ title: t.title, lead: ctx.app.config.smtpUrl === null ? t.lead : t.leadSmtp })}
    ${searchField(ctx, { action: href(ctx, '/dev/outbox'), label: t.search, value: q })}
    ${table(ctx, {
      caption: t.caption,
      rows,
      columns: [
        { key: 'subject', title: sent.subject, cell: (row) => link(href(ctx, `/dev/outbox/${row.id}`), row.subject) },
        {
          key: 'to',
          title: sent.to,
          cell: (row) => [row.email, row.channels.includes('sms') ? row.telephone : null].filter(Boolean).join(', '),
        },
        {
          key: 'channel',
          title: sent.channel,
          cell: (row) => row.channels.map((channel) => channels[channel as Channel]).join(', '),
        },
        { key: 'created', title: sent.created, nowrap: true, cell: (row) => formatDateTime(ctx, row.createdAt) },
      ],
      empty: emptyState({ title: t.empty, body: t.emptyBody }),
    })}`,
  })
}

export function outboxMessagePage(
  ctx: Ctx,
  message: MessageRow,
  view: {
    parts: MailParts
    channels: readonly Channel[]
    from: string
    messageId: string
    attachments: readonly string[]
  },
): Html {
  const { outbox: t, sent, inbox } = texts(ctx)
  return layout(ctx, {
    title: message.subject,
    noIndex: true,
    area: 'portal',
    breadcrumbs: [{ label: t.title, href: href(ctx, '/dev/outbox') }, { label: message.subject }],
    main: html`${pageHeading({ title: message.subject, preline: formatDateTime(ctx, message.createdAt) })}
    ${descriptionList(ctx, [
      { label: t.from, value: `${ctx.tenant.name} <${view.from}>` },
      { label: t.to, value: message.email ?? message.telephone },
      ...(view.attachments.length > 0 ? [{ label: inbox.attachments, value: view.attachments.join(', ') }] : []),
      { label: t.messageId, value: view.messageId },
    ])}
    ${
      message.paragraphs.length === 0
        ? html`<p class="kern-body">${sent.forgotten}</p>`
        : html`<div${langOf(ctx, message)}>${messageBody(ctx, message)}</div>`
    }
    ${
      view.channels.includes('sms')
        ? section({ title: t.sms }, html`<p class="kern-body" lang="${message.locale}">${smsText(view.parts)}</p>`)
        : nothing
    }
    ${details({ summary: t.plain }, html`<pre class="rh-plain" lang="${message.locale}" tabindex="0">${mailText(view.parts)}</pre>`)}`,
  })
}
