import type { LocalizedText } from '#platform/i18n/locale.ts'

export interface RoleProposal {
  readonly id: string
  readonly name: LocalizedText
  readonly permissions: readonly string[]
}

/** Holds every permission that there is; kept up to date at each start, and not to be edited. */
export const ADMINISTRATOR: RoleProposal = {
  id: 'administrator',
  name: { de: 'Administration', en: 'Administrator' },
  permissions: [],
}

/** Whoever holds it in the root unit can manage all accounts. */
export const MANAGE = 'accounts.manage'

/** What a new city starts with, to be changed on the page of roles. Permissions that no module declares are left out. */
export const ROLE_PROPOSALS: readonly RoleProposal[] = [
  {
    id: 'clerk',
    name: { de: 'Sachbearbeitung', en: 'Clerk' },
    permissions: [
      'cases.read',
      'cases.work',
      'cases.decide',
      'notifications.read',
      'queue.arrive',
      'queue.call',
      'queue.counters',
      'appointments.plan',
      'appointments.work',
      'appointments.book',
      'pickup.manage',
    ],
  },
  {
    id: 'head',
    name: { de: 'Amtsleitung', en: 'Head of unit' },
    permissions: [
      'cases.read',
      'cases.work',
      'cases.decide',
      'cases.assign',
      'payments.read',
      'notifications.read',
      'services.try',
      'parking.manage',
      'queue.arrive',
      'queue.call',
      'queue.counters',
      'queue.statistics',
      'devices.manage',
      'appointments.plan',
      'appointments.work',
      'appointments.book',
      'pickup.manage',
      MANAGE,
    ],
  },
  { id: 'officer', name: { de: 'Vollzugsdienst', en: 'Enforcement officer' }, permissions: ['parking.enforce'] },
  {
    id: 'parking-clerk',
    name: { de: 'Bewohnerparken', en: 'Resident parking' },
    permissions: ['parking.manage', 'parking.enforce'],
  },
  {
    id: 'cashier',
    name: { de: 'Kasse', en: 'Treasury' },
    permissions: ['payments.read', 'payments.book', 'notifications.read'],
  },
  {
    id: 'editor',
    name: { de: 'Redaktion', en: 'Editor' },
    permissions: ['catalogue.manage', 'content.feedback', 'services.try'],
  },
  {
    id: 'privacy-officer',
    name: { de: 'Datenschutz', en: 'Data protection' },
    permissions: ['privacy.serve', 'audit.read'],
  },
]
