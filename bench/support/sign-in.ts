/** Of all accounts of the demo city. */
const PASSWORD = 'musterstadt'

/** The cookie of a session. */
export async function signIn(url: string, email: string): Promise<string> {
  const reply = await fetch(`${url}/anmelden`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ mail: email, password: PASSWORD }),
  })
  const cookie = reply.headers.getSetCookie().find((one) => one.includes('rathaus_session='))
  if (!cookie) throw new Error(`no session for ${email}: ${reply.status}`)
  return cookie.split(';')[0]!
}
