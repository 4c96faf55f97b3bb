import { fastify } from 'fastify'
import pg from 'pg'
import { bookLocked } from './locked-rows.ts'

/** `bookLocked` behind bare Fastify: port, database and connections to it. Several of them share the port. */
const [port, connectionString, max] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString, max: Number(max), options: '-c search_path=t_musterstadt,public' })
const server = fastify()
server.get('/', () => ({ hello: 'world' }))
server.post<{ Body: { start: number; person: number } }>('/bookings', async ({ body }, reply) => {
  const isBooked = await bookLocked(pool, body.start, body.person)
  return reply.code(isBooked ? 201 : 409).send({ start: body.start })
})
const shared: object = { reusePort: true }
await server.listen({ port: Number(port), host: '127.0.0.1', ...shared })
