import { buildCity } from './domain/city.ts'
import type { DemoCity } from './domain/types.ts'

export { random, type Random } from './domain/random.ts'
export type {
  DemoAddress,
  DemoCitizen,
  DemoCity,
  DemoDistrict,
  DemoOffice,
  DemoParkingArea,
  DemoParkingZone,
  DemoResident,
  DemoStaff,
  DemoStreet,
  DemoUnit,
  OpeningHours,
  Point,
  StaffRole,
  ZoneLetter,
} from './domain/types.ts'

let city: DemoCity | undefined

/** Musterstadt am Neckar: the same city on every machine; pure, made part by part when asked for, then kept. */
export function musterstadt(): DemoCity {
  return (city ??= buildCity())
}
