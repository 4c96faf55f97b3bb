import type { OfficePart } from '#modules/catalogue/public.ts'
import { section } from '#platform/html/components/index.ts'
import { html, nothing } from '#platform/html/html.ts'
import { texts } from '../texts/index.ts'
import { waitingAt } from '../use-cases/waiting.ts'

/** After hours somebody may have left without leaving their counter: only who calls people is there. */
const STILL_THERE: Temporal.DurationLike = { hours: 1 }

/** On the page of an office that calls people, also after its hours but not on a day on which the city has closed it: how long whoever comes without an appointment waits. */
export const officeWaiting: OfficePart = {
  order: 20,
  render: async (ctx, { office: { slug }, state, closedToday }) => {
    const t = texts(ctx).officePage
    if (closedToday !== null) return null
    const waiting = await waitingAt(ctx, slug)
    // After its hours nobody expects a number.
    if (waiting?.isFull) return state.open ? section({ title: t.title }, html`<p><strong>${t.full}</strong></p>`) : null
    if (!waiting || waiting.openCounters === 0) return null
    const since = ctx.clock.now().subtract(STILL_THERE)
    if (!state.open && !waiting.calls.some(({ at }) => Temporal.Instant.compare(at, since) > 0)) return null
    const minutes = waiting.services.map((one) => one.minutes).filter((one) => one !== null)
    if (minutes.length === 0) return null
    const [least, most] = [Math.min(...minutes), Math.max(...minutes)]
    return section(
      { title: t.title },
      html`${state.open ? nothing : html`<p>${t.afterHours}</p>`}<p><strong>${least === most ? t.about(least) : t.between(least, most)}</strong><br>${t.people(waiting.people)}</p>`,
    )
  },
}
