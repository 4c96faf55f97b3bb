import { isMobile } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { button, buttonGroup, details, form, radioField } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { REMINDERS, type Booking, type Reminder } from '../domain/booking.ts'
import { texts } from '../texts/index.ts'

export function reminderField(ctx: Ctx, value: Reminder, error?: string): Html {
  const t = texts(ctx).reminder
  return radioField(ctx, {
    name: 'reminder',
    label: t.title,
    choices: REMINDERS.map((way) => ({ value: way, label: t.ways[way] })),
    value,
    error,
  })
}

/** How somebody is reminded, and another choice. */
export function reminderForm(ctx: Ctx, { id, reminder, telephone }: Booking): Html {
  const t = texts(ctx).reminder
  const number = telephone !== null && isMobile(telephone) ? t.numberFor(telephone) : t.noMobile
  return details(
    { summary: t.standing(t.short[shownWay({ reminder, telephone })]) },
    form(
      { action: href(ctx, `/termine/${id}/erinnerung`) },
      html`<p>${number}</p>`,
      reminderField(ctx, reminder),
      buttonGroup(button({ label: t.save, kind: 'secondary' })),
    ),
  )
}

/** Without a mobile number it is the mail. */
export const shownWay = ({ reminder, telephone }: Pick<Booking, 'reminder' | 'telephone'>): Reminder =>
  reminder === 'mail-and-sms' && (telephone === null || !isMobile(telephone)) ? 'mail' : reminder
