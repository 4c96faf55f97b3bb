import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import type { UploadRule } from './files.ts'
import { mayShowInline } from './kinds.ts'
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

/** A stored (not compressed) or a declared size, written by hand: an archive with one entry. */
function zipOf(name: string, declared: number): Buffer {
  const data = Buffer.alloc(20)
  const local = Buffer.alloc(30 + name.length)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt32LE(declared, 22)
  local.writeUInt16LE(name.length, 26)
  local.write(name, 30)
  const central = Buffer.alloc(46 + name.length)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt32LE(declared, 24)
  central.writeUInt16LE(name.length, 28)
  central.write(name, 46)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length + data.length, 16)
  return Buffer.concat([local, data, central, end])
}

describe('the file store', () => {
  it('keeps the same bytes once, and gives them back', async () => {
    const first = await receive(pdf('same'))
    const second = await receive(pdf('same'), 'b.pdf')
    if (!first.ok || !second.ok) throw new Error('refused')
    expect(first.file.sha256).toBe(second.file.sha256)
    const opened = await ctx.app.files.open(ctx, second.file.id)
    expect(Buffer.concat(await opened!.stream.toArray()).toString()).toContain('same')
  })

  it('refuses a document that would unpack to gigabytes', async () => {
    expect(await receive(zipOf('word/document.xml', 4_000_000_000), 'a.docx')).toMatchObject({
      ok: false,
      problem: 'archive-bomb',
    })
  })

  it('refuses an archive in an archive, and takes a harmless one', async () => {
    expect(await receive(zipOf('inner.zip', 100), 'a.zip')).toMatchObject({ ok: false, problem: 'archive-bomb' })
    expect(await receive(zipOf('note.txt', 100), 'a.zip')).toMatchObject({ ok: true })
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
