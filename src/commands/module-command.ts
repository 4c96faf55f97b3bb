import type { Command, ModuleManifest } from '#platform/module.ts'
import { jobContext } from '#platform/job-context.ts'
import type { CommandLine } from './command.ts'
import { UsageError } from './command.ts'
import { chosenTenant, withApp } from './installation.ts'

/** The commands that modules declare. Several may share their first word (`import`); the second tells which. */
export function moduleCommands(modules: readonly ModuleManifest[]): CommandLine[] {
  const byName = Map.groupBy(
    modules.flatMap((module) => module.commands ?? []),
    (command) => command.name,
  )
  return [...byName].map(([name, commands]) => moduleCommand(name, commands))
}

function moduleCommand(name: string, commands: readonly Command[]): CommandLine {
  const verbs = commands.flatMap((command) => command.verb ?? [])
  return {
    name,
    help: verbs.length === 0 ? commands[0]!.help : verbs.join(', '),
    usage: commands.map(usageOf).join('\n'),
    run: async (args) => {
      const command = commands.find(({ verb }) => verb === undefined || verb === args[0])
      if (!command) throw new UsageError(`bin/rathaus ${name} takes one of: ${verbs.join(', ')}`)
      const { tenant, rest } = withoutTenant(command.verb === undefined ? args : args.slice(1))
      await withApp(`bin/rathaus ${name}`, (app) =>
        command.run(jobContext(app, chosenTenant(app, tenant)), rest, console.log),
      )
    },
  }
}

const usageOf = ({ name, verb, usage, help }: Command): string =>
  `${['bin/rathaus', name, verb, usage, '[--tenant ID]'].filter(Boolean).join(' ')}\n    ${help}`

/** `--tenant ID` is for the command line; the command reads the rest itself. */
function withoutTenant(args: readonly string[]): { tenant: string | undefined; rest: string[] } {
  const at = args.findIndex((arg) => /^--tenant(?:=|$)/.test(arg))
  if (at === -1) return { tenant: undefined, rest: [...args] }
  const inline = args[at]!.split('=')[1]
  const tenant = inline ?? args[at + 1]
  if (!tenant) throw new UsageError('--tenant needs the id of a city')
  return { tenant, rest: args.toSpliced(at, inline === undefined ? 2 : 1) }
}
