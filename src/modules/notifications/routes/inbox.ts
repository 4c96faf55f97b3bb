import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { htmlPage, jsonReply, problem, redirect } from '#platform/http/reply.ts'
import { action, api, page, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { inboxMessage, inboxOf, markRead, markUnread, someAttachments } from '../store/inbox.ts'
import type { MessageRow } from '../store/messages.ts'
import { inboxMessagePage, inboxPage } from '../views/inbox.ts'
import { isId, queryPage } from '#platform/http/query.ts'

const PAGE_SIZE = 20

const oneMessage = Type.Object({ id: Type.String() })

const exampleMessages = (path: (id: string) => string) => async (ctx: Ctx) => {
  if (!ctx.account) return []
  const { rows } = await inboxOf(ctx, ctx.account.id, { offset: 0, limit: 2 })
  return rows.map((row) => path(row.id))
}

const find = async (ctx: Ctx, id: string): Promise<MessageRow | null> =>
  isId(id) ? inboxMessage(ctx, ctx.account!.id, id) : null

const messageSchema = Type.Object({
  id: Type.String(),
  subject: Type.String(),
  paragraphs: Type.Array(Type.String()),
  link: Type.Union([Type.Null(), Type.Object({ url: Type.String(), label: Type.String() })]),
  createdAt: Type.String({ format: 'date-time' }),
  readAt: Type.Union([Type.Null(), Type.String({ format: 'date-time' })]),
})

const messageJson = (ctx: Ctx, row: MessageRow) => ({
  id: row.id,
  subject: row.subject,
  paragraphs: row.paragraphs,
  link: row.linkPath === null ? null : { url: ctx.tenant.baseUrl + row.linkPath, label: row.linkLabel ?? row.subject },
  createdAt: row.createdAt.toString(),
  readAt: row.readAt?.toString() ?? null,
})

export const inboxRoutes: readonly Route[] = [
  page({
    path: '/konto/nachrichten',
    access: signedIn,
    handle: async (ctx, req) => {
      const number = queryPage(req)
      const found = await inboxOf(ctx, ctx.account!.id, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      return htmlPage(inboxPage(ctx, { ...found, page: number, pageSize: PAGE_SIZE }))
    },
  }),
  page({
    path: '/konto/nachrichten/:id',
    access: signedIn,
    params: oneMessage,
    examples: exampleMessages((id) => `/konto/nachrichten/${id}`),
    handle: async (ctx, req) => {
      const message = await find(ctx, req.params.id)
      if (!message) return problem(fail('not-found'))
      await markRead(ctx, ctx.account!.id, message.id)
      const files = await Promise.all(message.attachments.map((id) => ctx.app.files.find(ctx, id)))
      return htmlPage(
        inboxMessagePage(
          ctx,
          message,
          files.filter((file) => file !== null),
        ),
      )
    },
  }),
  page({
    path: '/konto/nachrichten/:id/anlagen/:file',
    access: signedIn,
    params: Type.Object({ id: Type.String(), file: Type.String() }),
    examples: async (ctx) => {
      if (!ctx.account) return []
      const rows = await someAttachments(ctx, ctx.account.id)
      return rows.map((row) => `/konto/nachrichten/${row.id}/anlagen/${row.file}`)
    },
    handle: async (ctx, req) => {
      const message = await find(ctx, req.params.id)
      if (!message?.attachments.includes(req.params.file)) return problem(fail('not-found'))
      return fileReplyOf(ctx, req.params.file)
    },
  }),
  action({
    path: '/konto/nachrichten/gelesen',
    access: signedIn,
    handle: async (ctx) => {
      await markRead(ctx, ctx.account!.id, null)
      return redirect('/konto/nachrichten')
    },
  }),
  action({
    path: '/konto/nachrichten/:id/ungelesen',
    access: signedIn,
    params: oneMessage,
    handle: async (ctx, req) => {
      if (!(await find(ctx, req.params.id))) return problem(fail('not-found'))
      await markUnread(ctx, ctx.account!.id, req.params.id)
      return redirect('/konto/nachrichten')
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/account/messages',
    access: signedIn,
    summary: 'Messages of the portal inbox of the signed-in account, newest first',
    tags: ['account'],
    query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 99_999 })) }),
    replies: {
      200: Type.Object({ total: Type.Integer(), unread: Type.Integer(), messages: Type.Array(messageSchema) }),
    },
    handle: async (ctx, req) => {
      const offset = ((req.query.page ?? 1) - 1) * PAGE_SIZE
      const { rows, total, unread } = await inboxOf(ctx, ctx.account!.id, { offset, limit: PAGE_SIZE })
      return jsonReply({ total, unread, messages: rows.map((row) => messageJson(ctx, row)) })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/account/messages/:id',
    access: signedIn,
    summary: 'One message; it counts as read afterwards',
    tags: ['account'],
    params: oneMessage,
    replies: { 200: messageSchema },
    handle: async (ctx, req) => {
      const message = await find(ctx, req.params.id)
      if (!message) return problem(fail('not-found'))
      await markRead(ctx, ctx.account!.id, message.id)
      return jsonReply(messageJson(ctx, message))
    },
  }),
]
