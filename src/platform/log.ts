import { pino, type Logger as PinoLogger } from 'pino'

/** Logs hold no personal data: ids, routes (not addresses with their values), statuses and times. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error' | 'debug' | 'child'>

export const createLogger = (level: string): PinoLogger => pino({ level, base: null })
