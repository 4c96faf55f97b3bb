import type { Answer, CityHandle } from '#src/testing/handle.ts'
import { linksMailedTo } from './booked.ts'
import { holdLast, type VisitorOfPages } from './visitor.ts'

/** Where the free times for a passport are. */
export const PASSPORT = '/termine?service=reisepass'

let people = 0

/** Another person each time, with a mailbox of their own. */
export const somebody = (): { name: string; email: string; telephone: string } => ({
  name: 'Erika Muster',
  email: `erika${(people += 1)}@example.org`,
  telephone: '',
})

/** Follows the link in the last mail, and says yes. */
export async function confirmByMail(
  city: CityHandle,
  visitor: VisitorOfPages,
  path: string,
  email: string,
): Promise<Answer> {
  await visitor.get((await linksMailedTo(await city.ctx(), email)).at(-1)!)
  return visitor.post(`${path}/bestaetigung`, {})
}

/** All the way without an account, through the mail; where the booking is. */
export async function bookPassport(city: CityHandle, visitor: VisitorOfPages, search = PASSPORT): Promise<string> {
  const { path } = await holdLast(visitor, search)
  const who = somebody()
  await visitor.post(path, who)
  await confirmByMail(city, visitor, path, who.email)
  return path
}
