import { writeThemeFile } from '#platform/tenants/theme-file.ts'
import { createApp } from '../app.ts'
import { addTenant, prepareTenant } from '../setup.ts'
import { openInstallation, parseArgs, withApp } from './installation.ts'
import { UsageError, type CommandLine } from './command.ts'

export const tenantCommand: CommandLine = {
  name: 'tenant',
  help: 'Add or list cities of this installation',
  usage: `bin/rathaus tenant add ID --host HOST [--host HOST …] --name "Stadt …"
       bin/rathaus tenant list`,
  run: async (args) => {
    const { rest, option, all } = parseArgs(args)
    if (rest[0] === 'list')
      return withApp('bin/rathaus tenant', async (app) => {
        for (const tenant of app.tenants.all()) console.log(`${tenant.id}\t${tenant.name}\t${tenant.hosts.join(', ')}`)
      })
    const [verb, id] = rest
    const name = option('name')
    if (verb !== 'add' || id === undefined || name === undefined || all('host').length === 0)
      throw new UsageError(`usage: ${tenantCommand.usage}`)
    const installation = await openInstallation('join', 'bin/rathaus tenant')
    try {
      await addTenant(installation.url, installation.modules, { id, name, hosts: all('host') })
      const file = await writeThemeFile(installation.config.dataDir, id, { name })
      const app = await createApp({
        config: installation.config,
        databaseUrl: installation.url,
        modules: installation.modules,
      })
      await prepareTenant(app, app.tenants.byId(id)!)
      await app.tenants.close()
      console.log(`${name} is there: ${all('host').join(', ')}\nColours, logo and contact: ${file}`)
      console.log(`Its first administrator: bin/rathaus account add --tenant ${id} --mail MAIL --role administrator`)
    } catch (error) {
      throw error instanceof Error && !(error instanceof UsageError) && /tenant|host/.test(error.message)
        ? new UsageError(error.message)
        : error
    } finally {
      await installation.close()
    }
    return undefined
  },
}
