import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  buttonGroup,
  details,
  errorSummary,
  form,
  pageHeading,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { Asked } from '../asked.ts'
import { officeNameIn } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { because } from '../use-cases/displaced.ts'
import type { Distances } from '../use-cases/near.ts'
import type { ShownTimes } from '../use-cases/show-times.ts'
import { whenOf, type Shown } from './booking-facts.ts'
import { SCRIPTS, STYLES, whereAndWhen, type Errors } from './choose.ts'
import { narrowWords, type TimesNote } from './search.ts'
import { noteOf, timesToChoose } from './times.ts'

export interface MoveView extends Shown {
  readonly asked: Asked
  readonly errors: Errors
  /** null where nothing can be searched for. */
  readonly times: ShownTimes | null
  readonly distances: Distances | null
  readonly note: TimesNote | null
}

/** Other times for the same; the old one stays until a new one is there. */
export function movePage(ctx: Ctx, view: MoveView): Html {
  const t = texts(ctx)
  const { booking, offer, asked, errors, times, distances } = view
  const path = `/termine/${booking.id}/verschieben`
  const [when, office] = [whenOf(ctx, booking), officeNameIn(ctx, offer, booking.office)]
  const { displaced } = view
  const title = displaced ? t.displaced.moveTitle : t.booking.moveTitle
  const lead = displaced
    ? html`<p><strong>${t.displaced.moveLead(when, office, because(ctx, displaced))}</strong></p>`
    : t.booking.moveLead(when, office)
  const narrow = narrowWords(ctx, { offer, asked })
  const hasErrors = Object.keys(errors).length > 0
  const way = {
    path,
    action: path,
    hint: t.booking.moveChoose,
    take: t.booking.moveTake,
    hidden: [['sequence', String(booking.sequence)]] as const,
    needsProof: ctx.account === null,
  }
  return layout(ctx, {
    title,
    noIndex: true,
    styles: STYLES,
    scripts: ['appointments-proof.js', ...SCRIPTS],
    hasErrors,
    main: html`${backLink(ctx, href(ctx, `/termine/${booking.id}`), t.booking.title)} ${errorSummary(ctx, errors)}
    ${noteOf(ctx, view, path)} ${pageHeading({ title, lead })}
    ${details(
      { summary: narrow === '' ? t.booking.moveFilter : `${t.booking.moveFilter}: ${narrow}`, open: hasErrors },
      form(
        { action: href(ctx, path), method: 'get' },
        whereAndWhen(ctx, { offer, asked, errors }),
        buttonGroup(button({ label: t.choose.submit, kind: 'secondary' })),
      ),
    )}
    ${times ? timesToChoose(ctx, { offer, asked, times, distances }, way) : nothing}`,
  })
}
