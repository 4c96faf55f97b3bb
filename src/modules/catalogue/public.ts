import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'
import type { Html } from '#platform/html/html.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { OfficeNow } from './office-now.ts'

/** A part of the home page that another module fills: news, a booking of appointments, a vote that is open. */
export interface HomeSection {
  /** Smaller stands higher. */
  readonly order: number
  /** null where there is nothing to show: an empty part is not shown at all. */
  readonly render: (ctx: Ctx) => Promise<Html | null>
}

export const homeSection = extensionPoint<HomeSection>('catalogue.home-section')

/** A part of an office's page that another module fills: closing days, appointments, how long people wait. */
export interface OfficePart {
  /** Smaller stands higher; all of them below the opening hours. */
  readonly order: number
  /** null where there is nothing to show. */
  readonly render: (ctx: Ctx, now: OfficeNow) => Promise<Html | null>
}

export const officePart = extensionPoint<OfficePart>('catalogue.office-part')

/** A further step that another module offers on the page of a service: a time in the office. */
export interface ServiceStep {
  readonly label: LocalizedText
  /** Where it leads for that service; null where there is nothing to do. */
  readonly pathFor: (ctx: Ctx, slug: string) => Promise<string | null>
}

export const serviceStep = extensionPoint<ServiceStep>('catalogue.service-step')

export { closingDays, officesNow, type ClosingDays, type OfficeNow } from './office-now.ts'
export { openWords } from './views/office-parts.ts'
export { pagePathOfForm } from './catalogue.ts'
export { servicePages } from './catalogue.ts'
export { officeBySlug, offices } from './store/offices.ts'
export type { Office } from './domain/office.ts'
export type { ServicePage } from './domain/service.ts'
export { officesFor } from './store/offices.ts'
export { SERVICE_SOURCE } from './search-index.ts'
