import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { defineModule } from '../module.ts'
import { jsonReply } from './reply.ts'
import { action, everybody } from './route.ts'

const rare = defineModule({
  name: 'rare',
  routes: [action({ path: '/selten', access: everybody, perMinute: 1, handle: (_ctx, req) => jsonReply(req.ip) })],
})

const open = await testCity({ extraModules: [rare] })
const behind = await testCity({ extraModules: [rare], config: { trustedProxies: ['127.0.0.1'] } })

const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })

describe('limits per address', () => {
  it('cannot be dodged by claiming to be somebody else', async () => {
    expect((await open.post('/selten', {}, from('203.0.113.1'))).json()).toBe('127.0.0.1')
    expect((await open.post('/selten', {}, from('203.0.113.2'))).status).toBe(429)
  })

  it('are those of the person behind a proxy that is trusted', async () => {
    expect((await behind.post('/selten', {}, from('203.0.113.1'))).json()).toBe('203.0.113.1')
    expect((await behind.post('/selten', {}, from('203.0.113.2'))).status).toBe(200)
    expect((await behind.post('/selten', {}, from('203.0.113.1'))).status).toBe(429)
  })

  it('count all addresses of one IPv6 network as one, as whoever has one has them all', async () => {
    expect((await behind.post('/selten', {}, from('2001:db8:1:2::1'))).status).toBe(200)
    expect((await behind.post('/selten', {}, from('2001:db8:1:2:ffff::9'))).status).toBe(429)
    expect((await behind.post('/selten', {}, from('2001:db8:1:3::1'))).status).toBe(200)
  })
})
