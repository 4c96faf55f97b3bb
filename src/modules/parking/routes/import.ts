import { text as readAll } from 'node:stream/consumers'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Upload } from '#platform/http/route.ts'
import { WrongFile } from '../domain/parking-area.ts'
import { texts } from '../texts/index.ts'
import { importParkingAreas, importZoneAddresses, importZones } from '../use-cases/import.ts'
import { IMPORT_BYTES, IMPORT_KINDS, importPage, type ImportKind } from '../views/import.ts'

const manage = staff('parking.manage')
const PATH = '/workbench/parken/import'

const READERS = { areas: importParkingAreas, zones: importZones, addresses: importZoneAddresses } as const

export const importRoutes = [
  page({
    path: PATH,
    access: manage,
    handle: (ctx) => htmlPage(importPage(ctx, { kind: null, errors: {}, imported: null })),
  }),
  action({
    path: PATH,
    access: manage,
    uploads: (_ctx, _req, field) =>
      field === 'file'
        ? { maxBytes: IMPORT_BYTES, maxFiles: 1, kinds: ['text/plain', 'application/json', 'text/csv'] }
        : null,
    handle: async (ctx, req) => {
      const kind = IMPORT_KINDS.find((candidate) => candidate === req.form.get('kind')) ?? null
      const upload = req.uploads['file']?.[0]
      const errors = wrong(ctx, kind, upload)
      if (kind === null || !upload?.ok || Object.keys(errors).length > 0) return again(ctx, kind, errors)
      return read(ctx, kind, upload.file.id)
    },
  }),
]

function wrong(ctx: Ctx, kind: ImportKind | null, upload: Upload | undefined): Record<string, string> {
  const t = texts(ctx).import
  return {
    ...(kind === null ? { kind: t.kindMissing } : {}),
    ...(upload === undefined || (!upload.ok && upload.problem === 'empty-file') ? { file: t.fileMissing } : {}),
    ...(upload?.ok === false && upload.problem !== 'empty-file' ? { file: t.fileRefused } : {}),
  }
}

const again = (ctx: Ctx, kind: ImportKind | null, errors: Record<string, string>): Reply =>
  htmlPage(importPage(ctx, { kind, errors, imported: null }), { status: 422 })

/** The file is needed no longer once it is read: it is not claimed, and goes with the unused ones. */
async function read(ctx: Ctx, kind: ImportKind, fileId: string): Promise<Reply> {
  const content = await ctx.app.files.open(ctx, fileId)
  if (!content) return again(ctx, kind, { file: texts(ctx).import.fileRefused })
  try {
    return htmlPage(
      importPage(ctx, { kind, errors: {}, imported: await READERS[kind](ctx, await readAll(content.stream)) }),
    )
  } catch (error) {
    if (!(error instanceof WrongFile)) throw error
    return again(ctx, kind, { file: texts(ctx).import.notReadable[error.reason] })
  } finally {
    await ctx.app.files.remove(ctx, fileId)
  }
}
