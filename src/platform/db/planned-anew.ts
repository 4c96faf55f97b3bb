import { sql } from 'kysely'

/** Statements that begin with this are not prepared under a name. */
export const PLANNED_ANEW = '/* planned anew */ '

/**
 * Stands at the beginning of a statement whose best plan depends on its values, such as how common a word is: it is
 * then planned for each of them, where others are planned once a connection.
 */
export const plannedAnew = sql.raw(PLANNED_ANEW)
