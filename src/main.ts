import { OperatorError } from '#platform/operator-error.ts'
import { commands } from './commands/commands.ts'

/** Command line: `node src/main.ts <command> …`. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  const list = await commands()
  const command = list.find((candidate) => candidate.name === name)
  if (!command) {
    console.log(
      `rathaus: a city hall in one program\n\n${list.map((c) => `  ${c.name.padEnd(12)}${c.help.replaceAll('\n', `\n${' '.repeat(14)}`)}`).join('\n')}\n\nEach has --help.`,
    )
    return name === undefined || name === '--help' || name === 'help' ? 0 : 2
  }
  if (rest.includes('--help')) {
    console.log(`${command.help}\n\nUsage: ${command.usage}`)
    return 0
  }
  return (await command.run(rest)) ?? 0
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof OperatorError ? `rathaus: ${error.message}` : error)
    process.exit(1)
  },
)
