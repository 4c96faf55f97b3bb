import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import { CERTIFICATE, type CertificateFile } from '../domain/certificate.ts'

/** Those of these files that may be a certificate and belong to nobody yet, so that nobody hands in a file by guessing its id. */
export const certificatesAmong = (ctx: Ctx, ids: readonly string[]): Promise<CertificateFile[]> =>
  many(
    ctx.db,
    sql<CertificateFile>`select id, name, bytes from file_object where id::text = any(${[...ids]}::text[]) and owner is null
      and kind = any(${[...CERTIFICATE.kinds]}::text[]) and bytes <= ${CERTIFICATE.maxBytes}
      order by created_at, id limit ${CERTIFICATE.maxFiles}`,
  )
