import { parseArgs } from 'node:util'
import { backup, restore } from '#platform/ops/backup.ts'
import { allMigrations } from '../setup.ts'
import { openInstallation, withApp } from './installation.ts'
import { launchDatabase } from './launch.ts'
import { UsageError, type CommandLine } from './command.ts'

export const backupCommand: CommandLine = {
  name: 'backup',
  help: 'Write database and files of all cities into a folder',
  usage: 'bin/rathaus backup FOLDER',
  run: async (args) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
    const [folder] = positionals
    if (folder === undefined || positionals.length > 1) throw new UsageError(`usage: ${backupCommand.usage}`)
    await withApp('bin/rathaus backup', (app, { url }) => backup(app, url, folder, console.log))
  },
}

export const restoreCommand: CommandLine = {
  name: 'restore',
  help: 'Bring back what `backup` wrote, into an empty installation',
  usage: 'bin/rathaus restore FOLDER [--force]   (--force overwrites what is there)',
  run: async (args) => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { force: { type: 'boolean', default: false } },
    })
    const [folder] = positionals
    if (folder === undefined || positionals.length > 1) throw new UsageError(`usage: ${restoreCommand.usage}`)
    const installation = await openInstallation(await launchDatabase('own', 'bin/rathaus restore'))
    try {
      await restore(
        { config: installation.config, url: installation.url, migrations: await allMigrations(installation.modules) },
        folder,
        values,
        console.log,
      )
    } finally {
      await installation.close()
    }
  },
}
