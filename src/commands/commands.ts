import { loadModules } from '../modules.ts'
import type { CommandLine } from './command.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { doctorCommand } from './doctor.ts'
import { moduleCommands } from './module-command.ts'
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
  return [...own, ...moduleCommands(await loadModules())]
}
