import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { FeeTable } from './fee-table.ts'
import type { FormDefinition } from './form-definition.ts'
import type { ServiceTexts } from './service-texts.ts'
import type { WorkflowDefinition } from './workflow-definition.ts'

/**
 * A municipal service as data: what `services/<slug>/*.yaml` says, checked and put together.
 * The shape is plain JSON, because a published version is kept as it is in the table `services_version`.
 */
export interface ServiceDefinition {
  /** Name of the folder and of the address: `resident-parking` → `/antrag/resident-parking`. */
  readonly slug: string
  /** Whole number from 1; what is published under a number never changes. */
  readonly version: number
  /**
   * `live`: published at start where nothing of this service is published yet; a newer version waits until somebody
   * publishes it in the workbench. `trial`: waits in any case.
   */
  readonly state: 'live' | 'trial'
  /** Unit that works on its cases: 'strassenverkehr'. */
  readonly unit: string
  /** First part of the case number: 'BPA' → 'BPA-2026-000001-4'. Two to five capital letters. */
  readonly prefix: string
  /** Who may start the form: anybody, or only who is signed in. */
  readonly login: 'none' | 'required'
  readonly catalogue: CatalogueFacts
  readonly retention: CaseRetention
  readonly permissions: ServicePermissions
  readonly applicant: ApplicantExpressions
  readonly form: FormDefinition
  readonly workflow: WorkflowDefinition
  readonly fees: readonly FeeTable[]
  readonly letters: readonly LetterTemplate[]
  readonly texts: { readonly de: ServiceTexts; readonly en: ServiceTexts }
}

/** Facts for the service page that are no sentences; the sentences are in `ServiceTexts.service`. */
export interface CatalogueFacts {
  /** Key of the Leistungskatalog (LeiKa), where there is one. */
  readonly leika?: string
  /** Topics of the portal: ['mobility']. */
  readonly topics: readonly string[]
  /** Words that people type: in both languages. */
  readonly keywords: { readonly de: readonly string[]; readonly en: readonly string[] }
  /** Working days until an answer, where it is not given at once. */
  readonly workingDays: number
  /** Law and section: 'StVG § 6a Abs. 5a'. */
  readonly legalBasis: readonly string[]
}

export interface CaseRetention {
  /** Years after the end of the case until it is deleted. */
  readonly years: number
  /** Law, ordinance, file plan, or that it is a demo value. */
  readonly source: LocalizedText
}

/** Names of permissions that the city knows; the defaults are those of `cases`. */
export interface ServicePermissions {
  readonly read: string
  readonly work: string
  readonly decide: string
}

/** FEEL over `answers`: who applies, and how they are reached. */
export interface ApplicantExpressions {
  readonly name: string
  readonly email: string
  readonly telephone?: string
}

export interface LetterTemplate {
  readonly name: string
  /** 'permit.typ' */
  readonly file: string
  /** Typst source. Data: `json(bytes(sys.inputs.data))`. */
  readonly source: string
}

/** A version of a service as the city keeps it. */
export interface PublishedService {
  readonly slug: string
  readonly version: number
  /** SHA-256 over the definition, hex. */
  readonly hash: string
  readonly state: 'trial' | 'published'
  /** Whether people can still apply for it. */
  readonly offered: boolean
  readonly publishedAt: Temporal.Instant | null
  readonly definition: ServiceDefinition
}
