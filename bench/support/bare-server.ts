import { fastify, type FastifyReply } from 'fastify'

/**
 * The baseline of every page: a bare Fastify server with a short JSON reply, in a process of its own; and that of every
 * screen: a line of text to all who listen.
 */
const server = fastify()
const screens = new Set<FastifyReply['raw']>()
server.get('/', () => ({ hello: 'world' }))
server.get('/live', (_request, reply) => {
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: show\ndata: 0\n\n')
  screens.add(reply.raw)
  reply.raw.on('close', () => screens.delete(reply.raw))
})
server.post('/call', () => {
  for (const screen of screens) screen.write('event: show\ndata: 1\n\n')
  return { called: true }
})
await server.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
