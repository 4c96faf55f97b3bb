import { turns } from '../turns.ts'

/**
 * For a PDF that is made while somebody waits for the page; those of jobs come one after the other anyway. Making one
 * holds the processor (a few milliseconds a page), so other requests are answered between two of them.
 * @throws Busy where 50 wait already
 */
export const pdfOnRequest = turns({ atOnce: 1, waiting: 50 })
