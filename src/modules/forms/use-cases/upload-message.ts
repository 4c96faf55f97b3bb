import { kindNames, megabytes, type FileField } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { UploadProblem } from '#platform/files/files.ts'
import { texts } from '../texts/index.ts'

/** Why a file was not taken, and what to do. */
export function uploadMessage(ctx: Pick<Ctx, 'locale'>, field: FileField, problem: UploadProblem): string {
  const t = texts(ctx).upload
  switch (problem) {
    case 'empty-file':
      return t.empty
    case 'too-large':
      return t.tooLarge(megabytes(field.maxBytes, ctx.locale))
    case 'too-many-files':
      return t.tooMany(field.max)
    case 'kind-not-allowed':
      return t.kind(kindNames(field.kinds))
    case 'archive-bomb':
      return t.bomb
    case 'virus-found':
      return t.virus
    case 'scanner-unavailable':
      return t.scanner
    case 'upload-broken':
      return t.broken
  }
}
