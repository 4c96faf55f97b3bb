import { createHash } from 'node:crypto'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import type { UploadRule } from './files.ts'
import { mayShowInline, nameOfKind } from './kinds.ts'
import { clamdScanner } from './scanner.ts'
import { cleanName, fileStore } from './store.ts'

const city = await testCity()
const ctx = await city.ctx()
const pdf = (text: string) => Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n`)
const rule: UploadRule = {
  maxBytes: 5_000_000,
  maxFiles: 1,
  kinds: [
    'application/pdf',
    'application/zip',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
}
const receive = (content: Buffer, name = 'a.pdf', store = ctx.app.files) =>
  store.receive(ctx, name, Readable.from([content]), rule)

/** An archive with one entry, written by hand: its directory says of the size whatever is given. */
function zipOf(name: string, content: Buffer, declared = content.length, flags = 0): Buffer {
  const data = deflateRawSync(content)
  const head = (signature: number, length: number, shift: number) => {
    const bytes = Buffer.alloc(length + name.length)
    bytes.writeUInt32LE(signature, 0)
    bytes.writeUInt16LE(20, shift)
    bytes.writeUInt16LE(flags, shift + 2)
    bytes.writeUInt16LE(8, shift + 4)
    bytes.writeUInt32LE(data.length, shift + 14)
    bytes.writeUInt32LE(declared, shift + 18)
    bytes.writeUInt16LE(name.length, shift + 22)
    bytes.write(name, length)
    return bytes
  }
  const local = head(0x04034b50, 30, 4)
  const central = head(0x02014b50, 46, 6)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length + data.length, 16)
  return Buffer.concat([local, data, central, end])
}
const note = Buffer.from('Guten Tag. '.repeat(10))

describe('the file store', () => {
  it('keeps the same bytes once, and gives them back', async () => {
    const first = await receive(pdf('same'))
    const second = await receive(pdf('same'), 'b.pdf')
    if (!first.ok || !second.ok) throw new Error('refused')
    expect(first.file.sha256).toBe(second.file.sha256)
    const opened = await ctx.app.files.open(ctx, second.file.id)
    expect(Buffer.concat(await opened!.stream.toArray()).toString()).toContain('same')
  })

  it.each([
    ['that would unpack to gigabytes', zipOf('word/document.xml', note, 4_000_000_000)],
    ['that says so little and unpacks to 300 MB', zipOf('word/document.xml', Buffer.alloc(300_000_000), 1_000)],
    ['that says honestly that it unpacks to 300 MB', zipOf('word/document.xml', Buffer.alloc(300_000_000))],
    ['that is larger inside than it says', zipOf('note.txt', note, note.length - 1)],
    ['that is smaller inside than it says', zipOf('note.txt', note, note.length + 1)],
    ['that nobody can look into, as it is encrypted', zipOf('note.txt', note, note.length, 1)],
    ['with an archive in it', zipOf('inner.zip', note)],
    ['that is cut off', zipOf('note.txt', note).subarray(0, -30)],
  ])('refuses an archive %s', async (_what, content) => {
    expect(await receive(content, 'a.docx')).toMatchObject({ ok: false, problem: 'archive-bomb' })
  })

  it('takes a harmless archive', async () => {
    expect(await receive(zipOf('note.txt', note), 'a.zip')).toMatchObject({ ok: true })
  })

  it('leaves nothing of what it refused', async () => {
    await receive(Buffer.alloc(6_000_000))
    await receive(Buffer.from('#!/bin/sh\nrm -rf /'))
    expect(await readdir(join(ctx.app.files.folder('musterstadt'), 'incoming'))).toEqual([])
  })

  it('deletes what nobody used after two days, and keeps what was', async () => {
    const unused = await receive(pdf('unused'))
    const used = await receive(pdf('used'))
    if (!unused.ok || !used.ok) throw new Error('refused')
    await ctx.app.files.claim(ctx, [used.file.id], 'case:1')
    city.clock.advance({ days: 3 })
    await city.runJob('platform.sweep-files')
    expect(await ctx.app.files.find(ctx, unused.file.id)).toBeNull()
    expect(await ctx.app.files.find(ctx, used.file.id)).not.toBeNull()
  })

  it('keeps bytes that are uploaded again at the moment when they are swept', async () => {
    // All in one folder, which the sweep goes through at once.
    const contents = Array.from({ length: 40_000 }, (_, n) => pdf(`swept and uploaded ${n}`)).filter((content) =>
      createHash('sha256').update(content).digest('hex').startsWith('aa'),
    )
    const twoHoursAgo = new Date(Date.now() - 7_200_000)
    const pathOf = (sha256: string) => join(ctx.app.files.folder('musterstadt'), sha256.slice(0, 2), sha256)
    for (const content of contents) {
      const first = await receive(content)
      if (!first.ok) throw new Error('refused')
      await ctx.app.files.remove(ctx, first.file.id)
      await utimes(pathOf(first.file.sha256), twoHoursAgo, twoHoursAgo)
    }
    expect(contents.length).toBeGreaterThan(100)
    let isOver = false
    const sweeping = ctx.app.files.sweep(ctx).finally(() => (isOver = true))
    const kept: string[] = []
    for (const content of contents.toReversed()) {
      if (isOver) break
      const again = await receive(content)
      if (!again.ok) throw new Error('refused')
      kept.push(again.file.id)
    }
    const swept = await sweeping
    expect(kept.length).toBeGreaterThan(0)
    expect(swept).toBeGreaterThan(0)
    for (const id of kept) {
      const opened = await ctx.app.files.open(ctx, id)
      expect(Buffer.concat(await opened!.stream.toArray()).toString()).toContain('swept and uploaded')
    }
  })

  it('goes on where something is gone that was there when the sweep looked', async () => {
    const folder = join(ctx.app.files.folder('musterstadt'), 'incoming')
    await mkdir(folder, { recursive: true })
    const gone = join(folder, 'of-an-upload-that-is-over')
    // Named by its folder, and nothing there.
    await symlink(join(folder, 'nowhere'), gone)
    await expect(ctx.app.files.sweep(ctx)).resolves.toBeGreaterThanOrEqual(0)
    await unlink(gone)
  })

  it('takes files only from who is signed in while the disk is nearly full', async () => {
    const full = await testCity({ config: { diskFloorBytes: Number.MAX_SAFE_INTEGER } })
    const url = '/api/v1/services/dog-registration/files'
    const files = [{ field: 'exemptionProof', name: 'a.pdf', content: pdf('x') }]
    const refused = await full.upload(url, files)
    expect(refused.status).toBe(503)
    expect(refused.headers['retry-after']).toBe('60')
    expect(refused.json().title).toBe('Ohne Anmeldung können wir gerade keine Dateien annehmen')
    expect(await readdir(full.app.files.folder('musterstadt')).catch(() => [])).toEqual([])
  })

  it('tells apps to come back later while the scanner does not answer', async () => {
    const unscanned = await testCity({ config: { clamd: '127.0.0.1:1' } })
    const files = [{ field: 'exemptionProof', name: 'a.pdf', content: pdf('x') }]
    const refused = await unscanned.upload('/api/v1/services/dog-registration/files', files)
    expect(refused.status).toBe(503)
    expect(refused.headers['retry-after']).toBe('60')
    expect(refused.json().detail).toContain('Wir können Dateien gerade nicht prüfen')
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Anna\\Schein.pdf', 'Schein.pdf'],
    ['.htaccess', 'htaccess'],
    ['a\u202Efdp.exe', 'afdp.exe'],
    ['"\r\n.pdf', 'pdf'],
    ['', 'datei'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(116)}.pdf`],
  ])('cleans the name %j', (given, clean) => {
    expect(cleanName(given)).toBe(clean)
  })

  it.each([
    ['Rechnung.exe', 'application/pdf', 'Rechnung.exe.pdf'],
    ['Foto.JPEG', 'image/jpeg', 'Foto.JPEG'],
    ['scan', 'image/png', 'scan.png'],
    ['a.html', 'text/plain', 'a.html.txt'],
    ['plan.dwg', 'image/vnd.dwg', 'plan.dwg'],
  ])('the name %s of what is %s becomes %s', (given, kind, name) => {
    expect(nameOfKind(given, kind)).toBe(name)
  })

  it('never shows active content inline', () => {
    for (const kind of ['image/svg+xml', 'text/html', 'application/xml', 'application/zip'])
      expect(mayShowInline(kind)).toBe(false)
    expect(mayShowInline('application/pdf')).toBe(true)
  })
})

const CLAMD = ['/usr/sbin/clamd', '/usr/local/sbin/clamd'].find((path) => existsSync(path))

describe.skipIf(CLAMD === undefined)('the virus scanner clamd (needs Debian clamav-daemon)', () => {
  const folder = { path: '' }
  let daemon: ChildProcess | undefined

  beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'clamd-'))
    await mkdir(join(folder.path, 'db'))
    // A signature of our own: name:type (any file):offset (anywhere):hex.
    const hex = Buffer.from('RATHAUS-TEST-VIRUS').toString('hex')
    await writeFile(join(folder.path, 'db', 'local.ndb'), `Rathaus.Test:0:*:${hex}\n`)
    await writeFile(
      join(folder.path, 'clamd.conf'),
      `Foreground yes\nLocalSocket ${folder.path}/clamd.sock\nDatabaseDirectory ${folder.path}/db\nUser ${userInfo().username}\n`,
    )
    daemon = spawn(CLAMD!, ['--config-file', join(folder.path, 'clamd.conf')], { stdio: 'ignore' })
    for (let i = 0; i < 200 && !existsSync(join(folder.path, 'clamd.sock')); i++)
      await new Promise((r) => setTimeout(r, 50))
  })
  afterAll(async () => {
    daemon?.kill('SIGKILL')
    await rm(folder.path, { recursive: true, force: true })
  })

  it('answers', async () => {
    expect(await clamdScanner(join(folder.path, 'clamd.sock')).ping()).toBe(true)
    expect(execFileSync(CLAMD!, ['--version']).toString()).toContain('ClamAV')
  })

  it('lets clean files through and refuses a virus', async () => {
    const store = fileStore(join(folder.path, 'files'), clamdScanner(join(folder.path, 'clamd.sock')))
    expect(await receive(pdf('clean'), 'a.pdf', store)).toMatchObject({ ok: true })
    expect(await receive(pdf('RATHAUS-TEST-VIRUS'), 'a.pdf', store)).toMatchObject({
      ok: false,
      problem: 'virus-found',
    })
  })

  it('refuses uploads while it does not answer', async () => {
    const store = fileStore(join(folder.path, 'files'), clamdScanner(join(folder.path, 'nobody.sock')))
    expect(await receive(pdf('x'), 'a.pdf', store)).toMatchObject({ ok: false, problem: 'scanner-unavailable' })
  })
})
