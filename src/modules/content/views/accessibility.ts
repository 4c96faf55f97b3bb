import type { Ctx } from '#platform/context.ts'
import {
  button,
  emailField,
  errorSummary,
  form,
  linkButton,
  list,
  pageHeading,
  prose,
  section,
  textareaField,
  textField,
} from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { LONGEST_MESSAGE, type FeedbackErrors, type FeedbackInput } from '../domain/feedback.ts'
import { texts } from '../texts/index.ts'

/** When the statement was last checked against the pages (Implementing Decision (EU) 2018/1523 asks for the date). */
const PREPARED_ON = '2026-11-21'

/** The statement of Implementing Decision (EU) 2018/1523, with the feedback mechanism that it asks for on the same page. */
export function accessibilityPage(ctx: Ctx, typed: FeedbackInput, errors: FeedbackErrors = {}): Html {
  const t = texts(ctx).accessibility
  const messages = messagesOf(ctx, errors)
  return layout(ctx, {
    title: t.title,
    description: t.description(ctx.tenant.name),
    hasErrors: Object.keys(messages).length > 0,
    main: html`${errorSummary(ctx, messages)} ${pageHeading({ title: t.title, lead: t.lead })}
    ${prose(html`
      <p>${t.scope(ctx.tenant.name)}</p>
      <h2>${t.state}</h2>
      <p>${t.stateText}</p>
      <h2>${t.gaps}</h2>
      ${list(t.gapsList)}
      <h2>${t.made}</h2>
      <p>${t.madeText}</p>
      <p>${t.madeOn(formatDate(ctx, Temporal.PlainDate.from(PREPARED_ON)))}</p>
    `)}
    ${section(
      { title: t.feedback, id: 'meldung' },
      prose(html`<p>${t.feedbackText}</p>`),
      form(
        { action: href(ctx, '/barrierefreiheit/meldung'), label: t.feedback },
        textareaField(ctx, {
          name: 'message',
          label: t.message,
          hint: t.messageHint,
          value: typed.message,
          error: messages['message'],
          maxLength: LONGEST_MESSAGE,
        }),
        textField(ctx, {
          name: 'about',
          label: t.about,
          hint: t.aboutHint,
          value: typed.about,
          error: messages['about'],
          optional: true,
        }),
        textField(ctx, {
          name: 'name',
          label: t.name,
          value: typed.name,
          error: messages['name'],
          optional: true,
          autocomplete: 'name',
          width: 30,
        }),
        emailField(ctx, {
          name: 'email',
          label: t.email,
          hint: t.emailHint,
          value: typed.email,
          error: messages['email'],
          optional: true,
        }),
        prose(html`<p>${t.privacyNote}</p>`),
        button({ label: t.send }),
      ),
    )}
    ${section({ title: t.enforcement }, prose(html`<p>${t.enforcementText}</p>`))}`,
  })
}

function messagesOf(ctx: Ctx, errors: FeedbackErrors): Record<string, string> {
  const t = texts(ctx).accessibility.errors
  return Object.fromEntries(
    Object.entries(errors).map(([field, problem]) => [
      field,
      field === 'message'
        ? t.message[problem === 'missing' ? 'missing' : 'too-long']
        : problem === 'not-an-address'
          ? t.email
          : t.line,
    ]),
  )
}

export function thanksPage(ctx: Ctx): Html {
  const t = texts(ctx).thanks
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    main: html`${pageHeading({ title: t.title })}
    ${prose(html`
      <h2>${t.next}</h2>
      <p>${t.text}</p>
    `)}
    ${linkButton({ label: t.home, href: href(ctx, '/') })}`,
  })
}
