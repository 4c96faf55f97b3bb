import { loadModules } from '../modules.ts'
import type { CommandLine } from './command.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { doctorCommand } from './doctor.ts'
import { moduleCommand } from './module-command.ts'
import { migrateCommand, seedCommand } from './database.ts'
import { startCommand, workerCommand } from './start.ts'
import { tenantCommand } from './tenant.ts'

/** The commands of the platform, then those that modules declare. */
export async function commands(): Promise<CommandLine[]> {
  const own = [
    startCommand,
    migrateCommand,
    seedCommand,
    tenantCommand,
    workerCommand,
    backupCommand,
    restoreCommand,
    doctorCommand,
  ]
  const modules = await loadModules()
  const byName = Map.groupBy(
    modules.flatMap((module) => module.commands ?? []),
    (command) => command.name,
  )
  return [...own, ...[...byName].map(([name, list]) => moduleCommand(name, list.map(({ help }) => help).join('\n')))]
}
