import { OperatorError } from '#platform/operator-error.ts'
import { readFile } from 'node:fs/promises'
import type { Command } from '#platform/module.ts'
import { texts } from './texts/index.ts'
import { importCamt } from './use-cases/import.ts'

/** `bin/rathaus import camt FILE` */
export const importCommand: Command = {
  name: 'import',
  verb: 'camt',
  usage: 'FILE…',
  help: 'account statements of the bank (CAMT.053); a file that was imported before changes nothing',
  run: async (ctx, args, print) => {
    if (args.length === 0) throw new OperatorError('name at least one file: import camt FILE')
    for (const path of args) {
      const result = await importCamt(ctx, await readFile(path))
      if (!result.ok)
        throw new OperatorError(
          `${path}: ${texts({ locale: 'en' }).import.problems[result.problem]}${result.detail ? ` (${result.detail})` : ''}`,
        )
      const { entries, fresh, booked, toClear } = result.value
      print(`${path}: ${entries} movements, ${fresh} new, ${booked} booked, ${toClear} to be cleared`)
    }
  },
}
