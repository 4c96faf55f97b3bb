import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createLogger } from '#platform/log.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { testDatabaseUrl } from '../config.ts'
import { buildTemplate, dropDatabase, TEMPLATE_DEMO, TEMPLATE_EMPTY } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
    testDir: string
  }
}

/**
 * One real PostgreSQL for the whole test run, with a template that each test file clones: the embedded one, or the server
 * of TEST_DATABASE_URL (`bin/test` on PostgreSQL 15, for one).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const testDir = await mkdtemp(join(tmpdir(), 'rathaus-test-'))
  const server =
    (await givenServer()) ??
    (await startEmbedded({
      dataDir: join(testDir, 'server'),
      log: createLogger('error'),
      purpose: 'bin/test',
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    }))
  await buildTemplate({ serverUrl: server.url, testDir, name: TEMPLATE_EMPTY, seed: false })
  project.provide('databaseUrl', server.url)
  project.provide('testDir', testDir)
  return async () => {
    await server.stop()
    await rm(testDir, { recursive: true, force: true })
  }
}

/** A server of one's own, without the templates of an earlier run. */
async function givenServer(): Promise<{ url: string; stop(): Promise<void> } | null> {
  const url = testDatabaseUrl()
  if (url === null) return null
  const dropTemplates = async () => {
    for (const name of [TEMPLATE_EMPTY, TEMPLATE_DEMO]) await dropDatabase(url, name)
  }
  await dropTemplates()
  return { url, stop: dropTemplates }
}
