import type { Polygon } from 'geojson'
import type { LocalizedText } from '#platform/i18n/locale.ts'

/** Longitude and latitude in degrees, WGS84, as GeoJSON has them (RFC 7946). */
export type Point = readonly [lon: number, lat: number]

export type ZoneLetter = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H'

/** The whole demo city. Every part is made when it is first asked for, and then kept. */
export interface DemoCity {
  readonly name: string
  readonly place: string
  readonly centre: Point
  readonly boundary: Polygon
  readonly river: Polygon
  readonly districts: readonly DemoDistrict[]
  readonly streets: readonly DemoStreet[]
  readonly addresses: readonly DemoAddress[]
  readonly parkingZones: readonly DemoParkingZone[]
  readonly parkingAreas: readonly DemoParkingArea[]
  /** 100,000 people, made anew at each call and never kept, so that they cost no memory. */
  residents(): Iterable<DemoResident>
  readonly units: readonly DemoUnit[]
  readonly staff: readonly DemoStaff[]
  readonly offices: readonly DemoOffice[]
  /** People with an account; the first is Anna Becker. */
  readonly citizens: readonly DemoCitizen[]
  /** The password of every demo account. */
  readonly password: string
}

export interface DemoDistrict {
  /** Slug: `altstadt`. */
  readonly id: string
  readonly number: number
  readonly name: string
  readonly area: Polygon
}

export interface DemoStreet {
  readonly id: string
  readonly name: string
  readonly postcode: string
  readonly districtId: string
  /** Resident parking zone that the whole street belongs to. */
  readonly zone: ZoneLetter | null
  readonly line: readonly Point[]
}

export interface DemoAddress {
  readonly id: string
  readonly streetId: string
  readonly street: string
  /** `12` or `12a`. */
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  readonly districtId: string
  readonly zone: ZoneLetter | null
  readonly point: Point
}

export interface DemoParkingZone {
  readonly letter: ZoneLetter
  readonly name: string
  readonly area: Polygon
  /** Bays that residents may use. */
  readonly capacity: number
}

export interface DemoParkingArea {
  readonly number: number
  readonly zone: ZoneLetter
  readonly street: string
  readonly kind: string
  readonly bays: number
  readonly alignment: 'längs' | 'quer' | 'schräg'
  /** Times in the words of the sign, or null where the rule does not hold. */
  readonly paidTimes: string | null
  readonly discTimes: string | null
  readonly permitTimes: string | null
  readonly area: Polygon
}

export interface DemoResident {
  readonly id: string
  readonly householdId: string
  readonly givenName: string
  readonly familyName: string
  /** ISO date. */
  readonly birthDate: string
  readonly gender: 'f' | 'm'
  readonly addressId: string
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  /** Main or secondary residence (Bundesmeldegesetz, sections 21 and 22). */
  readonly residence: 'main' | 'secondary'
  /** ISO date. */
  readonly movedInOn: string
}

export interface DemoUnit {
  readonly id: string
  readonly parentId: string | null
  readonly name: LocalizedText
  readonly telephone: string
  readonly email: string
}

export type StaffRole = 'administrator' | 'head' | 'clerk' | 'officer' | 'cashier' | 'editor'

export interface DemoStaff {
  readonly id: string
  readonly unit: string
  readonly role: StaffRole
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly telephone: string
  readonly position: LocalizedText
}

export interface OpeningHours {
  /** 1 Monday to 7 Sunday (ISO 8601). */
  readonly day: 1 | 2 | 3 | 4 | 5 | 6 | 7
  readonly from: string
  readonly to: string
}

export interface DemoOffice {
  readonly id: string
  readonly unit: string
  readonly name: LocalizedText
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  readonly point: Point
  readonly telephone: string
  readonly email: string
  readonly hours: readonly OpeningHours[]
  /** How to get there and in. */
  readonly access: LocalizedText
}

export interface DemoCitizen {
  readonly id: string
  readonly residentId: string
  readonly email: string
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly addressId: string
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  readonly zone: ZoneLetter | null
  readonly telephone: string
  readonly locale: 'de' | 'en'
  readonly vehicles: readonly { readonly plate: string; readonly description: string }[]
}
