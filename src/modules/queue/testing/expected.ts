import { one, sql } from '#platform/db/db.ts'
import type { Answer, CityHandle, Fields } from '#src/testing/handle.ts'

/** An appointment at an office of the demo city has that code for the arrival, and is so many minutes from now; its id. */
export async function bookingIn(city: CityHandle, office: string, minutes: number, code: string): Promise<string> {
  const { db, clock } = await city.ctx()
  const at = clock.now().add({ minutes })
  const { id } = await one(
    db,
    sql<{ id: string }>`update appointments_booking set starts_at = ${at}, ends_at = ${at.add({ minutes: 15 })},
        arrival_code = ${code}, attended_at = null
      where id = (select b.id from appointments_booking b where b.office = ${office} and b.state = 'booked'
        and b.starts_at > ${clock.now().add({ hours: 48 })} order by b.id limit 1)
      returning id`,
  )
  return id
}

/** Who comes to an office of the demo city with the code of an appointment, to a terminal that a clerk has opened. */
export const expectedAt = (city: CityHandle, office: string, clerk: string) => ({
  bookingIn: (minutes: number, code: string): Promise<string> => bookingIn(city, office, minutes, code),
  show: (code: string): Promise<Answer> =>
    city.json('POST', `/api/v1/queue/offices/${office}/visits`, { code }, { as: clerk }),
  atKiosk: (fields: Fields): Promise<Answer> => city.post(`/kiosk/${office}`, fields, { as: clerk }),
})
