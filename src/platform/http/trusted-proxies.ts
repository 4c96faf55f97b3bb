import { BlockList, isIP } from 'node:net'
import { LRUCache } from 'lru-cache'
import { OperatorError } from '../operator-error.ts'

const REMEMBERED = 1_000

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/**
 * Whether an address is that of a proxy whose `X-Forwarded-For` is believed. Asked for at each request, mostly of the same
 * few, so answers are remembered.
 * @param trusted addresses and CIDR ranges; empty: nobody is believed
 * @throws OperatorError with what is neither
 */
export function trustedProxies(trusted: readonly string[]): false | ((address: string) => boolean) {
  if (trusted.length === 0) return false
  const list = new BlockList()
  for (const entry of trusted) {
    const [address = '', bits, ...more] = entry.split('/')
    const most = isIP(address) === 6 ? 128 : 32
    const isRange = bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= most
    if (isIP(address) === 0 || more.length > 0 || (bits !== undefined && !isRange))
      throw new OperatorError(`TRUSTED_PROXIES holds "${entry}", which is neither an address nor a range (10.0.0.0/8)`)
    if (isRange) list.addSubnet(address, Number(bits), familyOf(address))
    else list.addAddress(address, familyOf(address))
  }
  const known = new LRUCache<string, boolean>({ max: REMEMBERED })
  return (address) => {
    let isTrusted = known.get(address)
    if (isTrusted === undefined)
      known.set(address, (isTrusted = isIP(address) !== 0 && list.check(address, familyOf(address))))
    return isTrusted
  }
}
