import { turns } from '../turns.ts'

/**
 * For a PDF that is made while somebody waits for the page. One thread makes all of them: this line is short, so that those
 * of jobs (letters, permits) are not kept waiting by whoever asks for the same receipt a thousand times.
 * @throws Busy where 50 wait already
 */
export const pdfOnRequest = turns({ atOnce: 1, waiting: 50 })
