import { describe, expect, it } from 'vitest'
import { areBrowserKeys, encryptFor, MOST_BYTES } from './encryption.ts'
import { isPushEndpoint, PUSH_SERVICES } from './services.ts'
import { newVapidKey, vapidKeyOf } from './vapid.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')

/** RFC 8291, section 5 and appendix A. */
const EXAMPLE = {
  text: 'When I grow up, I want to be a watermelon',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  privateKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl' +
    '95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

describe('a message for one browser', () => {
  it('is encrypted as the example of RFC 8291', () => {
    const made = { privateKey: bytes(EXAMPLE.privateKey), salt: bytes(EXAMPLE.salt), padTo: 0 }
    expect(encryptFor(EXAMPLE, EXAMPLE.text, made).toString('base64url')).toBe(EXAMPLE.body)
  })

  it('is as long as any other, and never the same twice', () => {
    const short = encryptFor(EXAMPLE, 'ja')
    expect(encryptFor(EXAMPLE, 'x'.repeat(MOST_BYTES))).toHaveLength(short.length)
    expect(encryptFor(EXAMPLE, 'ja').equals(short)).toBe(false)
    expect(() => encryptFor(EXAMPLE, 'x'.repeat(MOST_BYTES + 1))).toThrow(RangeError)
  })

  it.each([
    ['no point of the curve', { ...EXAMPLE, p256dh: `B${'A'.repeat(86)}` }],
    ['a compressed point', { ...EXAMPLE, p256dh: 'AyVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx' }],
    ['a secret of another length', { ...EXAMPLE, auth: `${EXAMPLE.auth}AA` }],
    ['other signs', { ...EXAMPLE, auth: EXAMPLE.auth.replace('_', '/') }],
    ['nothing', { p256dh: '', auth: '' }],
  ])('%s is no key of a browser', (_what, keys) => {
    expect(areBrowserKeys(keys)).toBe(false)
    expect(areBrowserKeys(EXAMPLE)).toBe(true)
  })
})

it('a key that was made is read again, and one that was mistyped is none', () => {
  expect(vapidKeyOf(newVapidKey())!.publicKey).toMatch(/^B[\w-]{86}$/)
  // The key pair of the example of RFC 8291.
  expect(vapidKeyOf(EXAMPLE.privateKey)!.publicKey).toMatch(/^BP4z9KsN6nGRTbVYI_c7V/)
  for (const wrong of ['', 'geheim', 'A'.repeat(43), '_'.repeat(43), `${newVapidKey()}=`])
    expect(vapidKeyOf(wrong)).toBeNull()
})

describe('an address to send to', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/dXy_1-z:APA91bG7-x_y',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABk',
    'https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2bxyz%3d',
    'https://web.push.apple.com/QGVXyz',
  ])('%s is one', (endpoint) => {
    expect(isPushEndpoint(endpoint, PUSH_SERVICES)).toBe(true)
  })

  it.each([
    'http://fcm.googleapis.com/fcm/send/x', 'https://localhost/x', 'https://127.0.0.1/x', 'https://169.254.169.254/latest/meta-data',
    'https://[::1]/x', 'https://fcm.googleapis.com:8443/x', 'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com', 'https://evilnotify.windows.com/x', 'https://.notify.windows.com/x',
    'https://fcm.googleapis.com@evil.example/x', 'https://user:pass@fcm.googleapis.com/x', 'https://fcm.googleapis.com./x',
    'https://FCM.googleapis.com/x', ' https://fcm.googleapis.com/x', 'https://fcm.googleapis.com/x\r\nHost: evil.example',
    'https://fcm.googleapis.com/x#y', 'https://fcm.googleapis.com\\@evil.example/', 'https:fcm.googleapis.com/x',
    'https://evil.example?.push.apple.com/', 'https://fcm。googleapis。com/x', 'file:///etc/passwd', 'fcm.googleapis.com', '',
    `https://fcm.googleapis.com/${'x'.repeat(1_024)}`,
  ])('%s is none', (endpoint) => {
    expect(isPushEndpoint(endpoint, PUSH_SERVICES)).toBe(false)
  }) // prettier-ignore
})
