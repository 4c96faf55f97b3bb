import { parentPort } from 'node:worker_threads'
import type { Answer } from './pdf.ts'
import { compilePdf, type PdfInput } from './typst.ts'

/** The thread of `pdf.ts`: one letter after the other. */
parentPort!.on('message', (asked: string) => {
  const answer = answerTo(JSON.parse(asked) as PdfInput)
  parentPort!.postMessage(answer, 'pdf' in answer ? [answer.pdf.buffer as ArrayBuffer] : [])
})

function answerTo(input: PdfInput): Answer {
  try {
    // A copy of its own, which can be handed over: a small Buffer shares its memory with others.
    return { pdf: new Uint8Array(compilePdf(input)) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
