import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PdfInput } from './typst.ts'

/** What the thread answers, in the order of what it was asked. */
export type Answer = { readonly pdf: Uint8Array } | { readonly error: string }

interface Thread {
  readonly worker: Worker
  readonly waiting: PromiseWithResolvers<Buffer>[]
}

let thread: Thread | null = null

/**
 * Compiles to PDF/UA-1 (ISO 14289-1), tagged, with title and language, in a thread of its own: ten milliseconds of
 * Typst are ten in which nobody gets a page. The thread is started by the first letter and keeps no program alive.
 * @throws Error with Typst's own words
 */
export function renderPdf(input: PdfInput): Promise<Buffer> {
  const { worker, waiting } = (thread ??= startThread())
  const answer = Promise.withResolvers<Buffer>()
  waiting.push(answer)
  worker.ref()
  worker.postMessage(JSON.stringify(input))
  return answer.promise
}

function startThread(): Thread {
  const worker = new Worker(join(import.meta.dirname, 'thread.ts'))
  const waiting: Thread['waiting'] = []
  worker.on('message', (answer: Answer) => {
    const asked = waiting.shift()!
    if (waiting.length === 0) worker.unref()
    if ('pdf' in answer) asked.resolve(Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength))
    else asked.reject(new Error(answer.error))
  })
  const ended = (reason: unknown) => {
    if (thread?.worker === worker) thread = null
    for (const asked of waiting.splice(0)) asked.reject(reason)
  }
  worker.on('error', ended)
  worker.on('exit', (code) => ended(new Error(`the thread that makes PDF files ended with ${code}`)))
  return { worker, waiting }
}
