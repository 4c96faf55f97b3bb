import { planOffices } from './administration/offices.ts'
import { planStaff } from './administration/staff.ts'
import { UNITS } from './administration/units.ts'
import { planDistricts, RIVER_LINE } from './land/districts.ts'
import { CENTRE, toPolygon, widen } from './land/geometry.ts'
import { planParkingAreas, planZones } from './land/parking.ts'
import { planStreets } from './land/streets.ts'
import { knownHouseholds, planCitizens } from './people/citizens.ts'
import { residentsOf } from './people/residents.ts'
import type { DemoCity } from './types.ts'

const ADDRESSES = 20_000
const RESIDENTS = 100_000
const RIVER_WIDTH = 110

/** The city from its seed; nothing is computed before it is asked for. */
export function buildCity(): DemoCity {
  const land = lazy(planDistricts)
  const network = lazy(() => planStreets(land().districts, ADDRESSES))
  const parkingAreas = lazy(() => planParkingAreas(network().streets))
  const known = lazy(() => knownHouseholds(network().addresses))
  const districts = lazy(() =>
    land().districts.map(({ id, number, name, ring }) => ({ id, number, name, area: toPolygon(ring) })),
  )
  const streets = lazy(() => network().streets.map(({ street }) => street))
  const boundary = lazy(() => toPolygon(land().boundary))
  const river = lazy(() => toPolygon(widen(RIVER_LINE, RIVER_WIDTH)))
  const parkingZones = lazy(() => planZones(land().districts, parkingAreas()))
  const offices = lazy(() => planOffices(network().addresses))
  const citizens = lazy(() => planCitizens(network().addresses, known()))
  const staff = lazy(planStaff)
  return {
    name: 'Musterstadt am Neckar',
    place: 'Musterstadt',
    centre: CENTRE,
    password: 'musterstadt',
    units: UNITS,
    residents: () => residentsOf(network().addresses, known(), RESIDENTS),
    get boundary() {
      return boundary()
    },
    get river() {
      return river()
    },
    get districts() {
      return districts()
    },
    get streets() {
      return streets()
    },
    get addresses() {
      return network().addresses
    },
    get parkingZones() {
      return parkingZones()
    },
    get parkingAreas() {
      return parkingAreas()
    },
    get staff() {
      return staff()
    },
    get offices() {
      return offices()
    },
    get citizens() {
      return citizens()
    },
  }
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
