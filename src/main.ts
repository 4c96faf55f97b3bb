import { BackupProblem } from '#platform/ops/backup.ts'
import { EmbeddedProblem } from '#platform/postgres/problem.ts'
import { MigrationError } from '#platform/db/migrate.ts'
import { ConfigError } from './config.ts'
import { UsageError } from './commands/command.ts'
import { commands } from './commands/commands.ts'

/** Command line: `node src/main.ts <command> …`. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  const list = await commands()
  const command = list.find((candidate) => candidate.name === name)
  if (!command) {
    console.log(
      `rathaus: a city hall in one program\n\n${list.map((c) => `  ${c.name.padEnd(12)}${c.help}`).join('\n')}\n\nEach has --help.`,
    )
    return name === undefined || name === '--help' || name === 'help' ? 0 : 2
  }
  if (rest.includes('--help')) {
    console.log(`${command.help}\n\nUsage: ${command.usage}`)
    return 0
  }
  return (await command.run(rest)) ?? 0
}

/** Errors that a person can do something about are one sentence; all others show where they come from. */
const isExpected = (error: unknown) =>
  [EmbeddedProblem, BackupProblem, MigrationError, ConfigError, UsageError].some((kind) => error instanceof kind)

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(isExpected(error) ? `rathaus: ${(error as Error).message}` : error)
    process.exit(1)
  },
)
