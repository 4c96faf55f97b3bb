import { officesFor } from '#modules/catalogue/public.ts'
import { caseResult, caseStep } from '#modules/cases/public.ts'
import { provide } from '#platform/extension.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { isOver, isOverdue } from './domain/document.ts'
import { documentsOfCase } from './store/documents.ts'
import { texts } from './texts/index.ts'
import { MANAGE } from './domain/document.ts'
import { LIST, stateWords } from './views/list.ts'

/** On the page of a case: announce what is ready, and see what became of it. Only where staff hand documents over. */
export const caseExtensions = [
  provide(caseStep, 'pickup', {
    label: { de: 'Zum Abholen ankündigen', en: 'Announce for pick-up' },
    pathFor: async (ctx, kase) =>
      (await officesFor(ctx, MANAGE)).length > 0 ? `${LIST}/neu?vorgang=${encodeURIComponent(kase.number)}` : null,
  }),
  provide(caseResult, 'pickup', {
    linksOf: async (ctx, kase, door) => {
      if (door !== 'staff') return []
      const t = texts(ctx).staff
      const day = today(ctx.clock)
      return (await documentsOfCase(ctx, kase.number)).map((document) => ({
        path: `${LIST}/${document.id}`,
        label: t.ofCase(
          document.title,
          stateWords(ctx, document),
          isOver(document) ? null : formatDate(ctx, document.collectBy),
          isOverdue(document, day),
        ),
      }))
    },
  }),
]
