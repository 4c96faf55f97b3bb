import { random, type Random } from '../random.ts'
import type { DemoAddress, DemoCitizen, DemoResident } from '../types.ts'
import { mailName } from './mail-name.ts'
import { REGISTER_YEAR, residentsOf, type KnownHousehold } from './residents.ts'

export const MAIL_DOMAIN = 'musterstadt.example'
const COUNT = 240

/** Letter pairs of a district that issues no plates: `MU` is free in the list of the Kraftfahrt-Bundesamt. */
const PLATE_DISTRICT = 'MU'
const CARS = [
  'Kleinwagen, blau',
  'Kombi, grau',
  'Limousine, schwarz',
  'Kleinwagen, rot',
  'Van, silber',
  'Elektroauto, weiß',
  'Geländewagen, grün',
]

/** People that the stories of the demo city are about; they live in resident parking zones. */
export function knownHouseholds(addresses: readonly DemoAddress[]): KnownHousehold[] {
  const home = (zone: string, houseNumber: string) =>
    addresses.find((address) => address.zone === zone && address.houseNumber === houseNumber)!
  const person = (givenName: string, familyName: string, gender: 'f' | 'm', birthDate: string, movedInOn: string) => ({
    givenName,
    familyName,
    gender,
    birthDate,
    movedInOn,
  })
  return [
    { address: home('A', '12'), people: [person('Anna', 'Becker', 'f', '1994-05-17', '2026-09-01')] },
    {
      address: home('C', '7'),
      people: [
        person('Mehmet', 'Yılmaz', 'm', '1952-03-09', '1981-04-01'),
        person('Ayşe', 'Yılmaz', 'f', '1955-11-23', '1981-04-01'),
      ],
    },
    {
      address: home('G', '18'),
      people: [
        person('Jürgen', 'Müller-Lüdenscheidt', 'm', '1968-08-30', '2004-02-15'),
        person('Zoë Marie', 'Müller-Lüdenscheidt', 'f', '1999-12-01', '2004-02-15'),
      ],
    },
    { address: home('E', '3'), people: [person('Björn', 'Größer', 'm', '1985-01-31', '2015-07-01')] },
  ]
}

/** Adults with an account: the known ones, then one of each household in the order of the register. */
export function planCitizens(addresses: readonly DemoAddress[], known: readonly KnownHousehold[]): DemoCitizen[] {
  const zones = new Map(addresses.map((address) => [address.id, address.zone]))
  const households = new Set<string>()
  const mails = new Set<string>()
  const chance = random('citizens')
  const citizens: DemoCitizen[] = []
  for (const resident of residentsOf(addresses, known, COUNT * 10)) {
    if (citizens.length === COUNT) break
    if (!isAdult(resident) || resident.residence !== 'main' || households.has(resident.householdId)) continue
    households.add(resident.householdId)
    citizens.push(citizen(resident, zones.get(resident.addressId) ?? null, mails, chance))
  }
  return citizens
}

const isAdult = (resident: DemoResident) => Number(resident.birthDate.slice(0, 4)) <= REGISTER_YEAR - 19

function citizen(resident: DemoResident, zone: DemoCitizen['zone'], mails: Set<string>, chance: Random): DemoCitizen {
  const name = mailName(resident.givenName, resident.familyName)
  let email = `${name}@${MAIL_DOMAIN}`
  for (let n = 2; mails.has(email); n++) email = `${name}${n}@${MAIL_DOMAIN}`
  mails.add(email)
  const { givenName, familyName, birthDate, addressId, street, houseNumber, postcode, place } = resident
  const cars = zone ? chance.int(1, 2) : chance.int(0, 2)
  return {
    id: chance.uuid(),
    residentId: resident.id,
    email,
    givenName,
    familyName,
    birthDate,
    addressId,
    street,
    houseNumber,
    postcode,
    place,
    zone,
    telephone: `07199 0${chance.int(200000, 899999)}`,
    locale: chance.chance(0.1) && email !== `anna.becker@${MAIL_DOMAIN}` ? 'en' : 'de',
    vehicles: Array.from({ length: cars }, () => ({ plate: plate(chance), description: chance.pick(CARS) })),
  }
}

function plate(chance: Random): string {
  const letters = chance.pick('ABCDEFGHKLMNPRSTUVWXYZ'.split('')) + chance.pick('ABCDEFGHKLMNPRSTUVWXYZ'.split(''))
  return `${PLATE_DISTRICT}-${letters} ${chance.int(100, 9999)}`
}
