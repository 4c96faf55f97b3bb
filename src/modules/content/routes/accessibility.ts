import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { action, everybody, page, type Req, type Route } from '#platform/http/route.ts'
import { LONGEST_LINE, readFeedback, type FeedbackInput } from '../domain/feedback.ts'
import { insertFeedback } from '../store.ts'
import { accessibilityPage, thanksPage } from '../views/accessibility.ts'

const nothingTyped: FeedbackInput = { about: '', message: '', name: '', email: '' }

const typedIn = (req: Req): FeedbackInput => ({
  about: req.form.get('about'),
  message: req.form.get('message'),
  name: req.form.get('name'),
  email: req.form.get('email'),
})

export const accessibilityRoutes: readonly Route[] = [
  page({
    path: '/barrierefreiheit',
    access: everybody,
    handle: (ctx, req) => {
      // Error pages and others may link here with `?seite=`, the page that the remark is about.
      const about = typeof req.query['seite'] === 'string' ? req.query['seite'].slice(0, LONGEST_LINE) : ''
      return htmlPage(accessibilityPage(ctx, { ...nothingTyped, about }))
    },
  }),
  action({
    path: '/barrierefreiheit/meldung',
    access: everybody,
    perMinute: 5,
    handle: async (ctx, req) => {
      const typed = typedIn(req)
      const read = readFeedback(typed)
      if (!read.ok) return htmlPage(accessibilityPage(ctx, typed, read.errors), { status: 422 })
      await transaction(ctx, async (ctx) => {
        const id = await insertFeedback(ctx, read.value)
        await audit(ctx, { subject: `feedback:${id}`, action: 'content.feedback-received' })
      })
      return redirect('/barrierefreiheit/danke')
    },
  }),
  page({ path: '/barrierefreiheit/danke', access: everybody, handle: (ctx) => htmlPage(thanksPage(ctx)) }),
]
