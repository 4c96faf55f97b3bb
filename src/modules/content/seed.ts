import type { Seed } from '#platform/module.ts'
import { handleFeedback, insertFeedback } from './store.ts'

const remarks = [
  {
    about: 'Leistungen von A bis Z',
    message:
      'Mit meiner Vorlesesoftware höre ich bei den Buchstaben nur „Verweis“, aber nicht, welcher Buchstabe es ist.',
    name: 'Mehmet Yılmaz',
    email: 'mehmet.yilmaz@musterstadt.example',
  },
  { about: '', message: 'Bei 400 Prozent Zoom muss ich auf der Karte seitlich schieben.', name: '', email: '' },
  {
    about: '/bewohnerparken',
    message: 'Ein Video in Gebärdensprache zum Antrag würde mir helfen.',
    name: 'Petra Lang',
    email: 'petra.lang@musterstadt.example',
    answer:
      'Guten Tag Frau Lang,\n\nein Video ist geplant. Bis dahin helfen wir Ihnen gern im Bürgeramt, auf Wunsch mit einer Dolmetscherin.',
  },
  { about: '/datenschutz', message: 'Test', name: '', email: '', closed: true },
] as const

/** Four remarks in all states, so that the page in the workbench has something to show. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    for (const [index, remark] of remarks.entries()) {
      const { about, message, name, email } = remark
      const id = await insertFeedback(ctx, { about, message, name, email })
      if ('answer' in remark) await handleFeedback(ctx, id, { state: 'answered', answer: remark.answer })
      if ('closed' in remark) await handleFeedback(ctx, id, { state: 'closed' })
      progress(index + 1, remarks.length)
    }
  },
}
