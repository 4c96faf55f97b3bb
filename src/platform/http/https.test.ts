import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { html } from '../html/html.ts'
import { defineModule } from '../module.ts'
import { htmlPage, jsonReply } from './reply.ts'
import { everybody, page } from './route.ts'

const probe = defineModule({
  name: 'probe',
  routes: [
    page({ path: '/probe', access: everybody, cache: 'public', handle: () => htmlPage(html`<p>Guten Tag</p>`) }),
    page({ path: '/probe/kekse', access: everybody, handle: (_ctx, req) => jsonReply(req.cookies) }),
  ],
})

const city = await testCity({ extraModules: [probe], config: { baseUrl: 'https://localhost', pageCacheSeconds: 60 } })

describe('over HTTPS', () => {
  it('every page asks browsers to stay with it, one from memory, too', async () => {
    const url = await city.listen()
    for (const visit of ['first', 'second'])
      expect((await fetch(`${url}/probe`)).headers.get('strict-transport-security'), visit).toContain(
        'max-age=31536000',
      )
  })

  it('a cookie that a neighbour on another subdomain could have set is not ours', async () => {
    const cookies = { rathaus_antrag: 'of a neighbour', '__Host-rathaus_stand': 'ours' }
    expect((await city.get('/probe/kekse', { cookies })).json()).toEqual({ rathaus_stand: 'ours' })
  })
})
