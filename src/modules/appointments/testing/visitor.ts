import type { Answer, CityHandle, Fields } from '#src/testing/handle.ts'

/** Somebody with a browser of their own: it keeps cookies and follows redirects. */
export interface VisitorOfPages {
  get(path: string): Promise<Answer>
  post(path: string, fields: Fields): Promise<Answer>
  signIn(email: string): void
  /** Where they are. */
  readonly path: string
}

let clients = 0

export function visitorOf(city: CityHandle, account?: string): VisitorOfPages {
  let as = account
  let cookies: Readonly<Record<string, string>> = {}
  let path = '/'
  // From an address of its own: limits are another test's matter.
  const headers = { 'x-forwarded-for': `198.51.100.${(clients += 1) % 250}` }
  const asking = () => ({ headers, cookies, ...(as === undefined ? {} : { as }) })
  const follow = async (answer: Answer): Promise<Answer> => {
    cookies = { ...cookies, ...answer.cookies }
    return answer.location === '' ? answer : get(answer.location)
  }
  const get = async (to: string): Promise<Answer> => {
    path = to
    return follow(await city.get(to, asking()))
  }
  return {
    get,
    post: async (to, fields) => follow(await city.post(to, fields, asking())),
    signIn: (email) => void (as = email),
    get path() {
      return path
    },
  }
}

/** Values of the buttons of free times, as they stand on a page. */
export const timesOn = ({ body }: Pick<Answer, 'body'>): string[] =>
  [...body.matchAll(/name="time"\s+value="([^"]+)"/g)].map(([, value]) => value!)

/** What a form of the page sends along without being seen. */
export const hiddenOn = ({ body }: Pick<Answer, 'body'>): Record<string, string[]> => {
  const fields: Record<string, string[]> = {}
  for (const [, name, value] of body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    (fields[name!] ??= []).push(value!)
  return fields
}

/** Chooses a time to move to, and says yes when asked. */
export async function moveTo(visitor: VisitorOfPages, path: string, fields: Fields): Promise<Answer> {
  const asked = await visitor.post(`${path}/verschieben`, fields)
  return asked.body.includes('Termin verschieben?') ? visitor.post(visitor.path, hiddenOn(asked)) : asked
}

/** Chooses the last of the times that a search shows, and is asked who they are. */
export async function holdLast(visitor: VisitorOfPages, search: string): Promise<{ page: Answer; path: string }> {
  const times = await visitor.get(search)
  const page = await visitor.post('/termine/halten', { ...hiddenOn(times), time: timesOn(times).at(-1)! })
  return { page, path: visitor.path }
}
