/**
 * Settings of the embedded server, for a machine of 2 cores and 4 GB that it shares with the application. They are
 * given on the command line at each start, so that a new release brings new ones.
 */
export const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Paths of sockets may hold 107 bytes; DATA_DIR may be longer.
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '192MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  work_mem: '8MB',
  random_page_cost: '1.1',
  // An acknowledged application is on disk.
  fsync: 'on',
  synchronous_commit: 'on',
  max_wal_size: '2GB',
  // Short queries of many people: compiling or spreading one over both cores costs more than it brings, and parallel
  // queries need shared memory that containers give sparingly (64 MB).
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // No personal data in logs: an error's text may quote a value, and the application logs its errors itself.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}
