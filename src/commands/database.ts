import { prepareTenant, seedTenant } from '../setup.ts'
import { chosenTenant, openInstallation, parseArgs, withApp } from './installation.ts'
import type { CommandLine } from './command.ts'

export const migrateCommand: CommandLine = {
  name: 'migrate',
  help: 'Bring the database of all cities up to date',
  usage: 'bin/rathaus migrate',
  run: async () => {
    const installation = await openInstallation('join', 'bin/rathaus migrate')
    console.log('The database is up to date.')
    await installation.close()
  },
}

export const seedCommand: CommandLine = {
  name: 'seed',
  help: 'Fill an empty city with the data of the demo city',
  usage: 'bin/rathaus seed [--tenant ID]',
  run: (args) =>
    withApp('bin/rathaus seed', async (app) => {
      const tenant = chosenTenant(app, parseArgs(args).option('tenant'))
      await prepareTenant(app, tenant)
      await seedTenant(app, tenant, console.log)
    }),
}
