import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { defineModule } from '../module.ts'
import { jsonReply } from './reply.ts'
import { action, everybody } from './route.ts'
import { trustedProxies } from './trusted-proxies.ts'

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

it('whoever signs in again goes on at the address that they see, which is not the one behind the proxy', async () => {
  const headers = {
    host: 'inside:8080',
    'x-forwarded-host': 'localhost',
    referer: 'https://localhost/workbench/aufruf',
  }
  const refused = await behind.post('/workbench/aufruf/besuch', { was: 'weiter' }, { headers })
  expect([refused.status, refused.body]).toEqual([
    401,
    expect.stringContaining('href="/anmelden?next=%2Fworkbench%2Faufruf"'),
  ])
})

describe('proxies that are trusted', () => {
  const isTrusted = trustedProxies(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::1']) as (address: string) => boolean

  it.each([
    ['10.255.0.1', true],
    ['11.0.0.1', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['::ffff:10.1.2.3', true],
    ['::ffff:11.1.2.3', false],
    ['2001:db8:5::9', true],
    ['2001:db9::9', false],
    ['::1', true],
    ['unknown', false],
    ['', false],
  ])('%s: %s, also when asked again', (address, expected) => {
    expect(isTrusted(address)).toBe(expected)
    expect(isTrusted(address)).toBe(expected)
  })

  it('nobody is, where none is named', () => {
    expect(trustedProxies([])).toBe(false)
  })

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '1.2.3', '::/129', '10.0.0.1/-1'])(
    '%s is none, and is named',
    (entry) => {
      expect(() => trustedProxies(['127.0.0.1', entry])).toThrow(`TRUSTED_PROXIES holds "${entry}"`)
    },
  )
})
