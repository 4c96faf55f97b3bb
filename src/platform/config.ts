/** Everything that the environment decides. `src/config.ts` is the only reader of environment variables. */
export interface Config {
  readonly port: number
  /** Address to listen on. */
  readonly host: string
  readonly dataDir: string
  /** Absent: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null
  /** Public address of the installation, without a slash at the end; tenants derive theirs from it. */
  readonly baseUrl: string
  readonly demo: 'musterstadt' | 'none'
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed; empty: none. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  /** `smtp://…`; null: mail is kept in the database and shown under /dev/outbox. */
  readonly smtpUrl: string | null
  readonly mailFrom: string | null
  /** HTTP gateway for SMS; null: kept in the database. */
  readonly smsUrl: string | null
  /** `host:port` or path of a socket of clamd; null: uploads are not scanned, and `doctor` says so. */
  readonly clamd: string | null
  /** Most requests a minute from one address, before a route's own limit. */
  readonly requestsPerMinute: number
  /** While less is free on the disk of the files, only who is signed in uploads. */
  readonly diskFloorBytes: number
  /** Database connections per process. */
  readonly poolSize: number
  /** How long a request's body may bring next to nothing before it is ended. */
  readonly bodyPatienceMs: number
  /** How long the page of a public route is kept in memory for people who are not signed in, in seconds; 0: not at all. */
  readonly pageCacheSeconds: number
  /** Processes of this installation that answer requests on `port` together; 1: this one alone. */
  readonly servers: number
  /** Jobs at once in this process; 0: none, `bin/rathaus worker` does them. */
  readonly jobConcurrency: number
  /**
   * Who sees development helpers such as /dev/outbox. By itself only browsers on this machine do, and only in a demo that
   * sends no mail: the port may well be open to the whole network.
   */
  readonly devPages: 'everybody' | 'this-machine' | 'nobody'
  /** Random, new at each start, and the same in all processes of it: signs what need not outlive a start. */
  readonly startKey: string
  /**
   * A secret of one tenant, from `SECRET_<TENANT>_<NAME>` or, for all, `SECRET_<NAME>`; null where it is not set.
   * Names are upper case: `secret('musterstadt', 'XBEZAHL_KEY')`.
   */
  secret(tenantId: string, name: string): string | null
  /** A setting that is no secret, from `SETTING_<TENANT>_<NAME>` or `SETTING_<NAME>`. */
  setting(tenantId: string, name: string): string | null
}
