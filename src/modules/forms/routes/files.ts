import { Type } from '#platform/schema.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { problem } from '#platform/http/reply.ts'
import { page } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { DraftParams, draftFiles, ownedDraft, ownerOfDraft, examplesOf } from './shared.ts'

const FILE_ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/

export const fileRoutes = [
  page({
    path: '/antrag/:slug/:draft/datei/:file',
    access: ownerOfDraft,
    params: Type.Object({ ...DraftParams.properties, file: Type.String({ maxLength: 100 }) }),
    // A file and no page.
    examples: examplesOf('open', (draft) => `/datei/${FILE_ID.exec(JSON.stringify(draft.answers))?.[0]}`),
    handle: async (ctx, req) => {
      const owned = await ownedDraft(ctx, req)
      if (!owned.ok) return owned.reply
      const files = await draftFiles(ctx, owned.value)
      return files.has(req.params.file) ? fileReplyOf(ctx, req.params.file) : problem(fail('not-found'))
    },
  }),
]
