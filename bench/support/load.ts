import autocannon from 'autocannon'

export interface Load {
  /** Answers a second. */
  readonly rate: number
  /** 99th percentile in milliseconds. */
  readonly p99: number
  /** Answers that were not 2xx, and connections that broke. */
  readonly failed: number
}

/**
 * Loads an address with `connections` at once for `seconds`, from this process, on this machine; with `paths` those in
 * turn.
 */
export async function load(
  url: string,
  options: { connections: number; seconds: number; headers?: Record<string, string>; paths?: readonly string[] },
): Promise<Load> {
  const result = await autocannon({
    url,
    connections: options.connections,
    duration: options.seconds,
    headers: options.headers,
    ...(options.paths ? { requests: options.paths.map((path) => ({ path })) } : {}),
  })
  return {
    rate: result.requests.average,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors + result.timeouts,
  }
}
