import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { serverAccount } from './account.ts'

const home = mkdtempSync(join(tmpdir(), 'rathaus account '))
const program = join(home, 'bin/test')
mkdirSync(join(home, 'bin'))
cpSync('/usr/bin/test', program)
afterAll(() => rmSync(home, { recursive: true, force: true }))

const run = (mode: number, args: readonly string[]) => {
  chmodSync(home, mode)
  const { file, args: all, ...ids } = serverAccount(join(home, 'data'), [program]).command(args[0]!, args.slice(1))
  return spawnSync(file, all, { ...ids, encoding: 'utf8' })
}
const effective = (status: string) => /^CapEff:\s+(\S+)$/m.exec(status)?.[1]

describe.runIf(process.getuid?.() === 0)('root hands the server to another account', () => {
  test('which runs programs below a folder that only root may enter, as initdb does with postgres', () => {
    expect(run(0o700, [program, '-x', program]).status).toBe(0)
    expect(run(0o700, ['id', '-u']).stdout.trim()).not.toBe('0')
  })

  test('with one right of root there, to walk through folders, and none where everybody may enter', () => {
    const rights = effective(run(0o700, ['cat', '/proc/self/status']).stdout)
    expect(['0000000000000004', '0000000000000002']).toContain(rights)
    expect(effective(run(0o755, ['cat', '/proc/self/status']).stdout)).toBe('0000000000000000')
  })
})

describe.runIf(process.getuid?.() !== 0)('an ordinary user', () => {
  test('runs the server as themselves', () => {
    expect(run(0o700, ['id', '-u']).stdout.trim()).toBe(String(process.getuid?.()))
  })

  test('is told so where the database belongs to somebody else', () => {
    expect(() => serverAccount('/root', [])).toThrow(/belongs to another user \(id 0\)/)
  })
})
