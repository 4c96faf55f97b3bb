import type { OfficePart } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { alert, linkButton, list, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDay } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import { cityCalendar } from '../calendars.ts'
import type { Closure } from '../domain/rule.ts'
import { closuresFrom } from '../store/closures.ts'
import { texts } from '../texts/index.ts'

/** How far ahead closing days are named: as far as holidays are. */
const AHEAD: Temporal.DurationLike = { days: 45 }

/** On the page of an office: when it is shut, and where to book. Why it is shut staff alone read. */
export const officeAppointments: OfficePart = {
  order: 10,
  render: async (ctx, { office: { slug } }) => {
    const now = today(ctx.clock)
    const closures = (await closuresFrom(ctx, now, [slug])).filter(
      (closure) => Temporal.PlainDate.compare(closure.firstDay, now.add(AHEAD)) <= 0 && isBesideHolidays(closure),
    )
    const { teams } = await cityCalendar(ctx)
    const takesAppointments = teams.some(({ team }) => team.office === slug)
    if (closures.length === 0 && !takesAppointments) return null
    return html`${closures.length > 0 ? closingDays(ctx, closures, now) : nothing}
    ${takesAppointments ? book(ctx, slug) : nothing}`
  },
}

/** Public holidays are named with the opening hours. */
const isBesideHolidays = ({ firstDay, lastDay }: Closure): boolean =>
  Array.from({ length: firstDay.until(lastDay).days + 1 }, (_, i) => firstDay.add({ days: i })).some(
    (day) => holidayOn(day) === null,
  )

function closingDays(ctx: Ctx, closures: readonly Closure[], now: Temporal.PlainDate): Html {
  const t = texts(ctx).office
  const isToday = closures.some(({ firstDay }) => Temporal.PlainDate.compare(firstDay, now) <= 0)
  return section(
    { title: t.closingDays },
    isToday ? alert(ctx, { kind: 'warning', title: t.shutToday, headingLevel: 3 }) : nothing,
    list(
      closures.map(({ firstDay, lastDay }) =>
        firstDay.equals(lastDay)
          ? formatDay(ctx, firstDay)
          : t.fromTo(formatDay(ctx, firstDay), formatDay(ctx, lastDay)),
      ),
    ),
  )
}

const book = (ctx: Ctx, office: string): Html =>
  section(
    { title: texts(ctx).office.title },
    html`<p>${texts(ctx).office.lead}</p>`,
    linkButton({
      label: texts(ctx).choose.title,
      href: href(ctx, `/termine?office=${office}`),
      icon: 'calendar-today',
      kind: 'primary',
    }),
  )
