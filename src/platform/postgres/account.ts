import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { EmbeddedProblem } from './problem.ts'

/**
 * The machine's account under which the server runs. PostgreSQL refuses to run as root, so root hands it to another
 * account; everybody else runs it as themselves.
 */
export interface ServerAccount {
  /** null: the account of this process. */
  readonly ids: { readonly uid: number; readonly gid: number } | null
  /** The command as it must be spawned. */
  command(file: string, args: readonly string[]): { file: string; args: string[]; uid?: number; gid?: number }
}

/** No variable of ours reaches PostgreSQL: PGDATA, PGPORT and the like of a person's shell would change what it does. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file)) ?? null

/**
 * A clone below a folder that only root may enter (`/root/x`, `mktemp -d`) is out of reach for another account. There
 * the server keeps one right of root: to walk through folders. Which of the two names for it a machine grants differs
 * (containers commonly drop the first). Without `no_setuid_fixup` the kernel leaves that right out of account where a
 * program asks by `access(2)` what it may do, and `initdb` does not find its own `postgres`.
 */
const WAYS_IN = [null, 'dac_read_search', 'dac_override'] as const

/**
 * Chooses the account for a server with that data directory, which must be able to run or enter all `paths`.
 * Throws a sentence for the person where no account will do.
 */
export function serverAccount(dataDirectory: string, paths: readonly string[]): ServerAccount {
  const me = process.getuid?.() ?? -1
  const owner = existsSync(dataDirectory) ? statSync(dataDirectory) : null
  if (me !== 0) {
    if (owner && me !== -1 && owner.uid !== me) {
      throw new EmbeddedProblem(
        `The database in ${dataDirectory} belongs to another user (id ${owner.uid}): ` +
          'start as that user or as root, or choose another DATA_DIR.',
      )
    }
    return { ids: null, command: (file, args) => withDeathSignal(file, args) }
  }
  const candidates = owner && owner.uid !== 0 ? [{ uid: owner.uid, gid: owner.gid }] : knownAccounts()
  for (const ids of candidates) {
    for (const capability of WAYS_IN) {
      const account = { ids, command: asAccount(ids, capability) }
      if (canEnter(account, paths)) return account
    }
  }
  throw new EmbeddedProblem(
    'PostgreSQL does not run as root, and no other account of this machine can reach ' +
      `${paths.join(' and ')}: start as an ordinary user, move the folder to where others may enter, or set DATABASE_URL.`,
  )
}

/** `postgres` where the machine has it, else an account made for this, else `nobody`. */
function knownAccounts(): { uid: number; gid: number }[] {
  const accounts = [lookUp('postgres') ?? lookUp('rathaus-db') ?? makeAccount('rathaus-db'), lookUp('nobody')]
  return accounts.filter((account) => account !== null)
}

function lookUp(name: string): { uid: number; gid: number } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

function makeAccount(name: string): { uid: number; gid: number } | null {
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]
  spawnSync('useradd', args, { stdio: 'ignore', env: SERVER_ENVIRONMENT })
  return lookUp(name)
}

function asAccount(ids: { uid: number; gid: number }, capability: string | null): ServerAccount['command'] {
  return (file, args) => {
    if (!SETPRIV) {
      if (capability) return { file: '/bin/false', args: [] }
      return { file, args: [...args], ...ids }
    }
    const rights = capability
      ? [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, '--securebits=+no_setuid_fixup']
      : []
    const change = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups', ...rights, '--pdeathsig=INT']
    return { file: SETPRIV, args: [...change, '--', file, ...args] }
  }
}

/**
 * Asks the kernel to end the server (SIGINT: a fast, clean shutdown) when this process ends, however it ends: so that
 * a `kill -9` leaves no server behind. Where `setpriv` is missing, the next start ends it (`postmaster.ts`).
 */
function withDeathSignal(file: string, args: readonly string[]): { file: string; args: string[] } {
  return SETPRIV ? { file: SETPRIV, args: ['--pdeathsig=INT', '--', file, ...args] } : { file, args: [...args] }
}

function canEnter(account: ServerAccount, paths: readonly string[]): boolean {
  return paths.every((path) => {
    const { file, args, ...ids } = account.command('test', ['-x', path])
    return spawnSync(file, args, { ...ids, stdio: 'ignore', env: SERVER_ENVIRONMENT, cwd: '/' }).status === 0
  })
}
