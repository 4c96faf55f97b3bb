import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { defineModule } from '../module.ts'
import { jsonReply } from './reply.ts'
import { everybody, page } from './route.ts'

const arrived = Promise.withResolvers<void>()

const slow = defineModule({
  name: 'slow',
  routes: [
    page({
      path: '/langsam',
      access: everybody,
      handle: async () => {
        arrived.resolve()
        await wait(300)
        return jsonReply('finished')
      },
    }),
  ],
})

const city = await testCity({ extraModules: [slow] })

it('a stop finishes the request that is under way and takes no new one', async () => {
  const url = await city.listen()
  const underWay = fetch(`${url}/langsam`).then((reply) => reply.json())
  await arrived.promise
  const stopping = city.server.close()
  expect(await underWay).toBe('finished')
  await stopping
  await expect(fetch(`${url}/langsam`)).rejects.toThrow()
})
