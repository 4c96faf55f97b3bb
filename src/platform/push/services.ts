/**
 * Push services of the browsers that people use. Whoever subscribes names the address that we then send to: anything
 * else would let anybody make this server ask any other.
 */
export const PUSH_SERVICES: readonly string[] = [
  // Chrome, Edge on Android, Samsung, Opera
  'fcm.googleapis.com',
  // Firefox
  'updates.push.services.mozilla.com',
  '*.push.services.mozilla.com',
  // Edge
  '*.notify.windows.com',
  // Safari
  'web.push.apple.com',
  '*.push.apple.com',
]

const MOST_CHARACTERS = 1_024

/** `*.` stands for any names in front. */
const isAt = (host: string, service: string): boolean =>
  service.startsWith('*.') ? host.endsWith(service.slice(1)) && host.length >= service.length : host === service

/** Whether a subscription's address is at one of these services, by HTTPS at its usual port, and nothing else. */
export function isPushEndpoint(text: string, services: readonly string[]): boolean {
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) return false
  const url = new URL(text)
  // As a browser writes it: what another reader could take for another address is none.
  if (url.href !== text || url.protocol !== 'https:' || url.port !== '') return false
  if (url.username !== '' || url.password !== '' || text.includes('#')) return false
  return services.some((service) => isAt(url.hostname, service))
}
