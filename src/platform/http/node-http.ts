/** Imported by name, `node:http` hands out all that it has, the client undici included: 50 ms of every start. */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')
