import { allCommands, findCommand } from './commands.ts'
import { complaint } from './complaint.ts'

/** Command line: `bin/rathaus <command> …`. Returns the exit code; never throws. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    return await runCommand(args)
  } catch (error) {
    const words = complaint(error)
    console.error(words === null ? error : `rathaus: ${words}`)
    return 1
  }
}

async function runCommand([name, ...rest]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : await findCommand(name)
  if (!command) {
    console.log(
      `rathaus: a city hall in one program\n\n${(await allCommands()).map((c) => `  ${c.name.padEnd(12)}${c.help}`).join('\n')}\n\nEach has --help.`,
    )
    return name === undefined || name === '--help' || name === 'help' ? 0 : 2
  }
  if (rest.includes('--help')) {
    console.log(`${command.help}\n\nUsage:\n  ${command.usage.replaceAll('\n', '\n  ')}`)
    return 0
  }
  return (await command.run(rest)) ?? 0
}
