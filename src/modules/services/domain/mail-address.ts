const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u

/** A mail address that can be written to (RFC 5321: 64 signs before the @, 254 in all); its domain in small letters. */
export function normaliseMail(typed: string): string | null {
  const text = typed.trim()
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = text.slice(at + 1).toLowerCase()
  const labels = domain.split('.')
  const good =
    at > 0 &&
    text.length <= 254 &&
    local.length <= 64 &&
    LOCAL.test(local) &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    /^(\p{L}{2,}|xn--[a-z0-9-]+)$/u.test(labels.at(-1) ?? '')
  return good ? `${local}@${domain}` : null
}
