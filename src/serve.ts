import type { App } from '#platform/app.ts'
import { createServer } from '#platform/http/server.ts'
import { startWorker, type Worker } from '#platform/jobs/worker.ts'
import { allJobs } from './app.ts'

export interface Running {
  readonly port: number
  close(): Promise<void>
}

/** Serves the city over HTTP and works on its jobs, until `close()`: requests under way are finished first. */
export async function serve(app: App, databaseUrl: string, port = app.config.port): Promise<Running> {
  let ready = false
  // The worker waits for the database most of its way, the server for nobody.
  const [server, worker] = await Promise.all([
    createServer(app, () => ready).then(async (server) => {
      // Handed on to Node, where the framework's type does not know it yet.
      const shared: object = { reusePort: app.config.servers > 1 }
      await server.listen({ port, host: app.config.host, ...shared })
      return server
    }),
    workOn(app, databaseUrl),
  ])
  ready = true
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      ready = false
      await server.close()
      await worker?.stop()
      await app.tenants.close()
    },
  }
}

function workOn(app: App, databaseUrl: string): Promise<Worker | null> {
  const { jobConcurrency } = app.config
  if (jobConcurrency === 0) return Promise.resolve(null)
  return startWorker(app, databaseUrl, allJobs(app.modules), jobConcurrency)
}
