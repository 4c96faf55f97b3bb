import type { CommandLine } from './command.ts'

/** The commands of the platform. Each is read when it is called, so that `start` does not wait for the code of the others. */
const OWN: Readonly<Record<string, () => Promise<CommandLine>>> = {
  start: async () => (await import('./start.ts')).startCommand,
  migrate: async () => (await import('./database.ts')).migrateCommand,
  seed: async () => (await import('./database.ts')).seedCommand,
  tenant: async () => (await import('./tenant.ts')).tenantCommand,
  server: async () => (await import('./server.ts')).serverCommand,
  worker: async () => (await import('./worker.ts')).workerCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./backup.ts')).restoreCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
}

/** The commands of the platform, then those that modules declare. */
export async function allCommands(): Promise<CommandLine[]> {
  const own = await Promise.all(Object.values(OWN).map((read) => read()))
  return [...own, ...(await ofModules())]
}

export async function findCommand(name: string): Promise<CommandLine | undefined> {
  if (Object.hasOwn(OWN, name)) return OWN[name]!()
  return (await ofModules()).find((command) => command.name === name)
}

async function ofModules(): Promise<CommandLine[]> {
  const { loadModules } = await import('../modules.ts')
  const { moduleCommands } = await import('./module-command.ts')
  return moduleCommands(await loadModules())
}
