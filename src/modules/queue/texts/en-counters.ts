import type { Translated } from '#platform/i18n/locale.ts'
import type { deCounters } from './de-counters.ts'

export const enCounters: Translated<typeof deCounters> = {
  nav: 'Counters',
  title: 'Counters',
  edit: 'Edit counters',
  lead: 'The name is shown on the screen in the waiting room; how to get there, on the phones of those who wait.',
  caption: (office) => `Counters: ${office}`,
  name: 'Counter',
  way: 'Way from the waiting room',
  office: 'Office',
  team: 'Team',
  state: 'State',
  order: 'Order',
  orders: { hoch: 'Up', runter: 'Down' },
  taken: 'taken',
  outOfService: 'out of service',
  empty: 'No counters yet',
  emptyBody: 'Add the first one below.',
  noTeam: 'You belong to no office with counters.',
  noTeamBody: 'The administration gives the permission “Edit counters”.',
  add: 'Add a counter',
  forTeam: 'For which team?',
  otherTeam: 'Another one gets the counter once nobody sits there and no number belongs here any more.',
  teamMissing: 'Please choose whose visitors are called here.',
  fields: {
    nameDe: 'Name in German',
    nameEn: 'Name in English',
    wayDe: 'Way in German',
    wayEn: 'Way in English',
  },
  hints: {
    nameDe: 'For example “Schalter 12”.',
    nameEn: 'For example “Counter 12”.',
    wayDe: 'From the waiting room, for example “Erdgeschoss, links”.',
    wayEn: 'For example “Ground floor, to the left”.',
  },
  missing: {
    nameDe: 'Please enter the name in German.',
    nameEn: 'Please enter the name in English.',
    wayDe: 'Please describe the way in German.',
    wayEn: 'Please describe the way in English.',
  },
  nameTaken: {
    de: 'A counter of this office has that German name already. Please choose another one.',
    en: 'A counter of this office has that English name already. Please choose another one.',
  },
  done: {
    eingetragen: 'The counter has been added',
    gespeichert: 'The counter has been saved',
    'ausser-betrieb': 'The counter is out of service',
    'in-betrieb': 'The counter is in service again',
  },
  close: 'Put out of service',
  closeLead: 'Nobody can sit down at this counter then. Past visits keep its name.',
  reopen: 'Put back into service',
  reopenLead: 'At present nobody can sit down at this counter.',
  inUse: 'The counter is in use',
  hangs: {
    clerk: (clerk) => `The counter can go out of service once ${clerk} has left it.`,
    tickets: (count, tickets) =>
      `The counter can go out of service once ${count === 1 ? 'number' : 'numbers'} ${tickets} no longer ${count === 1 ? 'belongs' : 'belong'} here.`,
    both: (clerk, count, tickets) =>
      `The counter can go out of service once ${clerk} has left it and ${count === 1 ? 'number' : 'numbers'} ${tickets} no longer ${count === 1 ? 'belongs' : 'belong'} here.`,
  },
}
