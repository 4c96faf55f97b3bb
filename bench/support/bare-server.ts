import { fastify } from 'fastify'

/** The baseline of every page: a bare Fastify server with a short JSON reply, in a process of its own. */
const server = fastify()
server.get('/', () => ({ hello: 'world' }))
await server.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
