import type { LocalizedText } from '#platform/i18n/locale.ts'

/** A unit of the administration (Amt, Abteilung). Units form a tree whose root is the city hall itself. */
export interface Unit {
  /** Slug: 'buergeramt' */
  readonly id: string
  /** null for the root. */
  readonly parentId: string | null
  readonly name: LocalizedText
  readonly telephone: string | null
  readonly email: string | null
}

/** Slugs as they stand in service definitions and addresses: 'strassenverkehr', 'amt-32'. */
export const UNIT_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** The label of a unit in an ltree path. PostgreSQL before 16 allows no hyphens there; slugs hold no underscore, so it stays unique. */
export const pathLabel = (unitId: string): string => unitId.replaceAll('-', '_')
