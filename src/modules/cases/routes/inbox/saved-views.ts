import { Type } from '#platform/schema.ts'
import { redirect } from '#platform/http/reply.ts'
import { action, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { inboxQuery, readInboxFilter } from '../../domain/inbox.ts'
import { deleteView, renameView, saveView } from '../../store/views.ts'
import { READ } from '../../store/visible.ts'
import { texts } from '../../texts/index.ts'
import { backTo } from '../../views/inbox/done.ts'
import { refused } from './show.ts'

export const savedViewRoutes: readonly Route[] = [
  action({
    path: '/workbench/ansichten',
    access: staff(READ),
    handle: async (ctx, req) => {
      const query = inboxQuery(readInboxFilter(Object.fromEntries(new URLSearchParams(req.form.get('query')))))
      const name = viewName(req.form)
      if (name === '') return refused(ctx, req.form, texts(ctx).views.nameMissing, query)
      if (!(await saveView(ctx, name, query))) return refused(ctx, req.form, texts(ctx).views.tooMany, query)
      return redirect(backTo(query, 'done=view'))
    },
  }),

  action({
    path: '/workbench/ansichten/:id/loeschung',
    access: staff(READ),
    params: Type.Object({ id: Type.String() }),
    handle: async (ctx, req) => {
      await deleteView(ctx, req.params.id)
      return redirect('/workbench?done=viewRemoved')
    },
  }),

  action({
    path: '/workbench/ansichten/:id/umbenennung',
    access: staff(READ),
    params: Type.Object({ id: Type.String() }),
    handle: async (ctx, req) => {
      const name = viewName(req.form)
      if (name === '') return refused(ctx, req.form, texts(ctx).views.nameMissing)
      return (await renameView(ctx, req.params.id, name))
        ? redirect('/workbench?done=viewRenamed')
        : refused(ctx, req.form, texts(ctx).views.nameTaken)
    },
  }),
]

const viewName = (form: FormFields): string => form.get('name').normalize('NFC').trim().slice(0, 60)
