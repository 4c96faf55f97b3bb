import { parseArgs } from 'node:util'
import { DatabaseError } from 'pg'
import { prepareTenant, seedTenant } from '../setup.ts'
import { chosenTenant, openInstallation, withApp } from './installation.ts'
import { launchDatabase } from './launch.ts'
import { UsageError, type CommandLine } from './command.ts'

const UNIQUE_VIOLATION = '23505'

export const migrateCommand: CommandLine = {
  name: 'migrate',
  help: 'Bring the database of all cities up to date',
  usage: 'bin/rathaus migrate',
  run: async () => {
    const installation = await openInstallation(await launchDatabase('join', 'bin/rathaus migrate'))
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
      const { values } = parseArgs({ args: [...args], options: { tenant: { type: 'string' } } })
      const tenant = chosenTenant(app, values.tenant)
      await prepareTenant(app, tenant)
      await seedTenant(app, tenant, console.log).catch((error: unknown) => {
        const isThere = error instanceof DatabaseError && error.code === UNIQUE_VIOLATION
        throw isThere ? new UsageError(`${tenant.id} is not empty: the demo data are for a new city`) : error
      })
    }),
}
