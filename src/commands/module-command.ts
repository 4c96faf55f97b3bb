import { jobContext } from '#platform/job-context.ts'
import type { CommandLine } from './command.ts'
import { UsageError } from './command.ts'
import { chosenTenant, parseArgs, withApp } from './installation.ts'

/** A command that modules declare. Several modules may share a name (`import`): the first that knows the words runs. */
export function moduleCommand(name: string, help: string): CommandLine {
  return {
    name,
    help,
    usage: `bin/rathaus ${name} … [--tenant ID]`,
    run: (args) =>
      withApp(`bin/rathaus ${name}`, async (app) => {
        const ctx = jobContext(app, chosenTenant(app, parseArgs(args).option('tenant')))
        const candidates = app.modules.flatMap((m) => m.commands ?? []).filter((command) => command.name === name)
        const command = candidates.find((c) => c.verb === undefined || c.verb === args[0])
        if (!command)
          throw new UsageError(`bin/rathaus ${name} takes one of: ${candidates.map((c) => c.verb).join(', ')}`)
        const rest = command.verb === undefined ? args : args.slice(1)
        await command.run(ctx, withoutTenant(rest), console.log)
      }),
  }
}

function withoutTenant(args: readonly string[]): string[] {
  const at = args.indexOf('--tenant')
  return at === -1
    ? args.filter((arg) => !arg.startsWith('--tenant='))
    : args.filter((_, i) => i !== at && i !== at + 1)
}
