import type { Unit } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import { raw, type Html } from '#platform/html/html.ts'
import { week } from '../domain/hours.ts'
import type { ServicePage } from '../domain/service.ts'
import type { OfficeNow } from '../office-now.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/**
 * The page for search engines: a schema.org GovernmentService as JSON-LD. A data block is not executed, so the
 * Content-Security-Policy has nothing to say about it (HTML standard, "prepare the script element", step 8 and 12).
 */
export function structuredData(
  ctx: Ctx,
  { page, unit, offices }: { page: ServicePage; unit: Unit | null; offices: readonly OfficeNow[] },
): Html {
  const at = (path: string) => `${ctx.tenant.baseUrl}${href(ctx, path)}`
  const data = {
    '@context': 'https://schema.org',
    '@type': 'GovernmentService',
    name: page.words.title,
    description: page.words.what,
    url: at(page.path),
    inLanguage: ctx.locale,
    audience: { '@type': 'Audience', audienceType: page.words.who },
    areaServed: { '@type': 'AdministrativeArea', name: ctx.tenant.name },
    serviceOperator: {
      '@type': 'GovernmentOrganization',
      name: unit ? `${ctx.tenant.name}, ${unit.name[ctx.locale]}` : ctx.tenant.name,
    },
    availableChannel: [
      ...(page.formPath === null ? [] : [{ '@type': 'ServiceChannel', serviceUrl: at(page.formPath) }]),
      ...offices.map(({ office }) => ({
        '@type': 'ServiceChannel',
        serviceLocation: {
          '@type': 'GovernmentOffice',
          name: office.name[ctx.locale],
          telephone: office.telephone,
          address: {
            '@type': 'PostalAddress',
            streetAddress: `${office.street} ${office.houseNumber}`,
            postalCode: office.postcode,
            addressLocality: office.place,
            addressCountry: 'DE',
          },
          openingHoursSpecification: week(office.hours).flatMap(({ day, hours }) =>
            hours.map((h) => ({
              '@type': 'OpeningHoursSpecification',
              dayOfWeek: `https://schema.org/${DAYS[day - 1]}`,
              opens: h.from,
              closes: h.to,
            })),
          ),
        },
      })),
    ],
  }
  // The one sign that could end the block early is written as JSON allows.
  return raw(`<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`)
}
