import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { statementsOf } from './statements.ts'

describe('the statements of a script', () => {
  it.each([
    ['nothing', '', []],
    ['comments alone', '-- a; b\n/* c; */\n', []],
    ['two', 'select 1;\nselect 2', [1, 2]],
    [
      'one with texts, names and bodies that hold semicolons',
      `select ';''' || e'\\';' || $$;$$ || $a$;$$;$a$ as ";"`,
      [1],
    ],
    ['one after a comment, which begins where its words do', '-- why;\n\n  select 1;', [3]],
  ])('%s', (_, script, lines) => {
    expect(statementsOf(script).map((statement) => statement.line)).toEqual(lines)
  })

  it('of every migration are its whole text, but for comments in front and blank lines', () => {
    const src = join(import.meta.dirname, '../..')
    const files = globSync('{platform,modules/*}/migrations/*.sql', { cwd: src })
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) {
      const sql = readFileSync(join(src, file), 'utf8')
      const bare = (text: string) => text.replaceAll(/--[^\n]*/g, '').replaceAll(/\s+/g, '')
      const parts = statementsOf(sql).map((statement) => bare(statement.sql))
      expect(parts.join(''), file).toBe(bare(sql))
    }
  })
})
