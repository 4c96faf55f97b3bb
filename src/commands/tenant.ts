import { parseArgs } from 'node:util'
import { writeThemeFile } from '#platform/tenants/theme-file.ts'
import { createApp } from '../app.ts'
import { addTenant, prepareTenant } from '../setup.ts'
import { openInstallation, withApp } from './installation.ts'
import { launchDatabase } from './launch.ts'
import { UsageError, type CommandLine } from './command.ts'

export const tenantCommand: CommandLine = {
  name: 'tenant',
  help: 'Add or list cities of this installation',
  usage: `bin/rathaus tenant add ID --host HOST [--host HOST …] --name "Stadt …"
bin/rathaus tenant list`,
  run: async (args) => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { host: { type: 'string', multiple: true, default: [] }, name: { type: 'string' } },
    })
    const [verb, id] = positionals
    if (verb === 'list')
      return withApp('bin/rathaus tenant', async (app) => {
        for (const tenant of app.tenants.all()) console.log(`${tenant.id}\t${tenant.name}\t${tenant.hosts.join(', ')}`)
      })
    const { name, host: hosts } = values
    if (verb !== 'add' || id === undefined || name === undefined || hosts.length === 0)
      throw new UsageError(`usage: ${tenantCommand.usage}`)
    const installation = await openInstallation(await launchDatabase('join', 'bin/rathaus tenant'))
    try {
      const { config, url, pool, modules } = installation
      let file = ''
      await addTenant(pool, modules, { id, name, hosts }, async () => {
        const app = await createApp({ config, databaseUrl: url, modules })
        try {
          await prepareTenant(app, app.tenants.byId(id)!)
        } finally {
          await app.tenants.close()
        }
        file = await writeThemeFile(config.dataDir, id, { name })
      })
      console.log(`${name} is there: ${hosts.join(', ')}\nColours, logo and contact: ${file}`)
      console.log(
        `Its first administrator: bin/rathaus account add --tenant ${id} --mail MAIL --name "…" --role administrator`,
      )
    } finally {
      await installation.close()
    }
    return undefined
  },
}
