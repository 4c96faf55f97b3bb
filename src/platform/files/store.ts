import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { exec, many, maybe } from '../db/db.ts'
import { newId } from '../db/id.ts'
import { Busy } from '../turns.ts'
import type { FileContent, StoredFile, Upload, UploadRule } from './files.ts'
import { isArchiveBomb } from './archives.ts'
import { kindOfFile, nameOfKind } from './kinds.ts'
import type { VirusScanner } from './scanner.ts'

export interface NewFile {
  readonly name: string
  readonly content: Buffer | Readable
  /** Who it belongs to (`case:<id>`); absent: unused until claimed. */
  readonly owner?: string
}

/** Bytes by content hash, one folder a tenant; rows in the tenant's schema. Access is decided by who calls. */
export interface FileStore {
  /** For files that the program makes itself. */
  save(ctx: Ctx, file: NewFile): Promise<StoredFile>
  /** For files from outside: streamed, limited, typed by their bytes, scanned. Never throws for what a person did. */
  receive(ctx: Ctx, name: string, content: Readable & { truncated?: boolean }, rule: UploadRule): Promise<Upload>
  find(ctx: Ctx, id: string): Promise<StoredFile | null>
  open(ctx: Ctx, id: string): Promise<FileContent | null>
  /** Marks files as used; without an owner they are deleted after two days. */
  claim(ctx: Ctx, ids: readonly string[], owner: string): Promise<void>
  /** Deletes the row; the bytes go when no row needs them. */
  remove(ctx: Ctx, id: string): Promise<void>
  /** The same for all that these owners have. */
  removeOf(ctx: Ctx, owners: readonly string[]): Promise<void>
  /** Deletes unused rows and bytes without a row; returns how many files went. */
  sweep(ctx: Ctx): Promise<number>
  /** Folder of one tenant's files. */
  folder(tenantId: string): string
  /** Bytes of the disk that are free for this program. */
  freeBytes(): Promise<number>
}

class TooLarge extends Error {}

export function fileStore(root: string, scanner: VirusScanner): FileStore {
  const folder = (tenantId: string) => join(root, tenantId)
  const pathOf = (tenantId: string, sha256: string) => join(folder(tenantId), sha256.slice(0, 2), sha256)
  const incoming = async (tenantId: string) => {
    const path = join(folder(tenantId), 'incoming', randomUUID())
    await mkdir(dirname(path), { recursive: true })
    return path
  }

  /** Moves bytes to their place, durably: the row that names them may be committed right after. */
  const keep = async (ctx: Ctx, from: string, sha256: string) => {
    const to = pathOf(ctx.tenant.id, sha256)
    if (await isKept(to)) return rm(from, { force: true })
    await mkdir(dirname(to), { recursive: true })
    const handle = await open(from, 'r+')
    await handle.sync()
    await handle.close()
    await rename(from, to)
    const directory = await open(dirname(to))
    await directory.sync()
    await directory.close()
  }

  const insert = async (ctx: Ctx, file: StoredFile, owner: string | null, scanned: boolean) => {
    await exec(
      ctx.db,
      sql`insert into file_object (id, name, kind, bytes, sha256, owner, scan, created_at)
        values (${file.id}, ${file.name}, ${file.kind}, ${file.bytes}, ${file.sha256}, ${owner},
          ${scanned ? 'clean' : 'unscanned'}, ${ctx.clock.now()})`,
    )
  }

  const find = (ctx: Ctx, id: string) =>
    maybe(ctx.db, sql<StoredFile>`select id, name, kind, bytes, sha256 from file_object where id::text = ${id}`)

  return {
    folder,
    find,
    async freeBytes() {
      await mkdir(root, { recursive: true })
      const { bavail, bsize } = await statfs(root)
      return bavail * bsize
    },
    async save(ctx, { name, content, owner }) {
      const path = await incoming(ctx.tenant.id)
      const { bytes, sha256 } = await write(
        path,
        content instanceof Readable ? content : Readable.from([content]),
        Infinity,
      )
      const kind = await kindOfFile(path)
      await keep(ctx, path, sha256)
      const file = { id: newId(), name: cleanName(name), kind, bytes, sha256 }
      await insert(ctx, file, owner ?? null, false)
      return file
    },
    async receive(ctx, givenName, content, rule) {
      const name = cleanName(givenName)
      const refuse = (problem: Extract<Upload, { ok: false }>['problem']): Upload => ({ ok: false, problem, name })
      const path = await incoming(ctx.tenant.id)
      try {
        const { bytes, sha256 } = await write(path, content, rule.maxBytes)
        if (content.truncated === true) return refuse('too-large')
        if (bytes === 0) return refuse('empty-file')
        const kind = await kindOfFile(path)
        if (!rule.kinds.includes(kind)) return refuse('kind-not-allowed')
        if (await isArchiveBomb(path, kind, bytes)) return refuse('archive-bomb')
        const verdict = await scanner.scan(path)
        if (verdict === 'infected') return refuse('virus-found')
        if (verdict === 'unavailable') return refuse('scanner-unavailable')
        await keep(ctx, path, sha256)
        const file = { id: newId(), name: nameOfKind(name, kind), kind, bytes, sha256 }
        await insert(ctx, file, null, verdict === 'clean')
        return { ok: true, file }
      } catch (error) {
        if (error instanceof TooLarge) return refuse('too-large')
        if (error instanceof Busy) throw error
        ctx.log.warn({ err: error instanceof Error ? error.name : 'unknown' }, 'upload broken')
        return refuse('upload-broken')
      } finally {
        content.resume()
        await rm(path, { force: true })
      }
    },
    async open(ctx, id) {
      const file = await find(ctx, id)
      return file && { file, stream: createReadStream(pathOf(ctx.tenant.id, file.sha256)) }
    },
    async claim(ctx, ids, owner) {
      if (ids.length === 0) return
      await exec(ctx.db, sql`update file_object set owner = ${owner} where id = any(${[...ids]}::uuid[])`)
    },
    async remove(ctx, id) {
      await exec(ctx.db, sql`delete from file_object where id = ${id}`)
    },
    async removeOf(ctx, owners) {
      await exec(ctx.db, sql`delete from file_object where owner = any(${[...owners]}::text[])`)
    },
    async sweep(ctx) {
      const before = ctx.clock.now().subtract({ hours: 48 })
      let gone = await exec(ctx.db, sql`delete from file_object where owner is null and created_at < ${before}`)
      gone += await sweepFolder(ctx, folder(ctx.tenant.id))
      return gone
    },
  }
}

async function write(path: string, content: Readable, maxBytes: number): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) return done(new TooLarge())
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(content, meter, createWriteStream(path, { mode: 0o600 }))
  return { bytes, sha256: hash.digest('hex') }
}

/** Without folders, control characters and what makes names dangerous; 120 characters at most. */
export function cleanName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .replaceAll(/[\p{Cc}"<>|:*?\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/^\.+/, '')
    .trim()
  if (clean.length <= 120) return clean === '' ? 'datei' : clean
  const dot = clean.lastIndexOf('.')
  const ending = dot > 0 && clean.length - dot <= 10 ? clean.slice(dot) : ''
  return clean.slice(0, 120 - ending.length) + ending
}

/**
 * Whether the bytes are there, and stay: the time says to a sweep under way that somebody needs them. A sweep that has
 * just taken them away makes the second look fail, and they are written anew.
 */
async function isKept(path: string): Promise<boolean> {
  const now = new Date()
  try {
    await utimes(path, now, now)
    await access(path)
    return true
  } catch {
    return false
  }
}

/** Deletes bytes that are older, unless somebody uploads the same at this moment (`isKept`): they are taken aside first. */
async function removeOlder(path: string, aside: string, time: number): Promise<boolean> {
  try {
    if ((await stat(path)).mtimeMs > time) return false
    await rename(path, aside)
  } catch (error) {
    // An upload is done with it, or another process sweeps as well.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  const isNeeded = (await stat(aside)).mtimeMs > time
  await (isNeeded ? rename(aside, path) : rm(aside))
  return !isNeeded
}

/** Bytes that no row names, an hour after they were written (a transaction may still be about to commit its row). */
async function sweepFolder(ctx: Ctx, folder: string): Promise<number> {
  let gone = 0
  const old = Date.now() - 3_600_000
  await mkdir(join(folder, 'incoming'), { recursive: true })
  for (const part of await readdir(folder).catch(() => [])) {
    const names = await readdir(join(folder, part)).catch(() => [])
    const known = new Set(
      part === 'incoming'
        ? []
        : (
            await many(
              ctx.db,
              sql<{ sha256: string }>`select distinct sha256 from file_object where sha256 = any(${names}::text[])`,
            )
          ).map((row) => row.sha256),
    )
    for (const name of names) {
      const aside = join(folder, 'incoming', randomUUID())
      if (!known.has(name) && (await removeOlder(join(folder, part, name), aside, old))) gone += 1
    }
  }
  return gone
}
