import type { Ctx } from '../context.ts'
import { fail } from '../problem.ts'
import { fileReply, problem, type Reply } from '../http/reply.ts'
import { mayShowInline } from './kinds.ts'

/** A stored file as a reply. Whoever calls has checked that the person may see it. */
export async function fileReplyOf(ctx: Ctx, id: string): Promise<Reply> {
  const content = await ctx.app.files.open(ctx, id)
  if (!content) return problem(fail('not-found'))
  const { file, stream } = content
  return fileReply({ body: stream, kind: file.kind, name: file.name, inline: mayShowInline(file.kind) })
}
