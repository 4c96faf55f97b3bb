import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { musterstadt } from '#modules/musterstadt/public.ts'

const ROOT = join(import.meta.dirname, '../..')

/** A whole city in processes of its own, started as `bin/start` does and killed as a power cut does. */
export class City {
  readonly dataDir: string
  readonly #mailUrl: string
  #child: ChildProcess | null = null
  /** When the last program is gone: one that was killed while it wrote to the disk takes a moment, as its supervisor sees. */
  #gone: Promise<unknown> = Promise.resolve()
  #port = 0
  #output = ''

  constructor(dataDir: string, mailUrl: string) {
    this.dataDir = dataDir
    this.#mailUrl = mailUrl
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Returns when it can serve. */
  async start(): Promise<void> {
    await this.#gone
    this.#port ||= await freePort()
    this.#output = ''
    const env = {
      PATH: process.env['PATH'],
      DATA_DIR: this.dataDir,
      PORT: String(this.#port),
      BASE_URL: `http://localhost:${this.#port}`,
      SMTP_URL: this.#mailUrl,
      MAIL_FROM: 'rathaus@musterstadt.example',
      LOG_LEVEL: 'error',
      // Everybody comes from an address of their own.
      TRUSTED_PROXIES: '127.0.0.1',
      REQUESTS_PER_MINUTE: '1000000',
    }
    const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), 'start'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#gone = new Promise((gone) => child.once('exit', gone))
    const listen = (chunk: Buffer) => (this.#output = (this.#output + chunk.toString('utf8')).slice(-4_000))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    const until = performance.now() + 180_000
    while (!(await this.#isReady())) {
      if (child.exitCode !== null || performance.now() > until)
        throw new Error(`the city does not start: ${this.#output}`)
      await sleep(50)
    }
  }

  async #isReady(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    )
  }

  /** `kill -9` of application and database, in either order; says whom. */
  kill(): string {
    const [application, database] = [this.#child, this.#databaseProcess()]
    const victims = [application?.exitCode === null ? application.pid : undefined, database].filter(
      (pid) => pid !== undefined,
    )
    if (Math.random() < 0.5) victims.reverse()
    for (const pid of victims) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It went with the other.
      }
    }
    this.#child = null
    return `processes ${victims.join(' and ')}`
  }

  #databaseProcess(): number | undefined {
    try {
      return Number.parseInt(readFileSync(join(this.dataDir, 'postgres/data/postmaster.pid'), 'utf8'), 10)
    } catch {
      return undefined
    }
  }

  /** Ctrl-C, and everything ends in order. */
  async end(): Promise<void> {
    const child = this.#child
    if (!child) return
    child.kill('SIGINT')
    await this.#gone
    this.#child = null
  }

  /** The receipt, or null where no answer came. Any other answer is an error of the city. */
  async submit(key: string, email: string, from: string): Promise<{ caseNumber: string; accessCode: string } | null> {
    const path = '/api/v1/services/dog-registration/applications'
    const reply = await this.ask('POST', path, { 'idempotency-key': key, 'x-forwarded-for': from }, answers(email))
    if (reply && reply.status !== 201) throw new Error(`${reply.status}: ${reply.body}`)
    return reply && (JSON.parse(reply.body) as { caseNumber: string; accessCode: string })
  }

  /** An answer in JSON; null where none came, or one that says "later". */
  async ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    headers: Readonly<Record<string, string>>,
    answers?: unknown,
  ): Promise<{ status: number; body: string } | null> {
    const sent =
      answers === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(answers) }
    const signal = AbortSignal.timeout(10_000)
    const reply = await fetch(this.url + path, { method, ...sent, signal }).catch(() => null)
    if (!reply) return null
    const text = await reply.text().catch(() => '')
    return reply.status >= 500 || text === '' ? null : { status: reply.status, body: text }
  }
}

const { street, houseNumber, postcode, place } = musterstadt().addresses[0]!
const home = { street, houseNumber, postcode, place }

const answers = (email: string) => ({
  person: { givenName: 'Greta', familyName: 'Beispiel', birthDate: '1980-02-29' },
  address: home,
  contact: { email },
  dogsBefore: 0,
  dogs: [{ callName: 'Bello', breed: 'Pudel', kind: 'ordinary', chip: '276098102345678', acquiredOn: '2024-05-01' }],
  exemption: 'none',
  payBy: 'invoice',
  truthful: true,
})

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
}
