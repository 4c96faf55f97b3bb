/** "A 014": the letter of the team, so that people in the hall see who is called for the same matters. */
export const ticketOf = (team: number, number: number): string =>
  `${String.fromCharCode(65 + (team % 26))} ${String(number).padStart(3, '0')}`

/** What people and machines make of it: "a14", "A014" and "A 014" are one ticket. */
export const isTicket = (typed: string, ticket: string): boolean => plain(typed) === plain(ticket)

const plain = (ticket: string) =>
  ticket
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replace(/^([A-Z])0+(?=\d)/, '$1')

/** As it is said: "A 14". Voices spell zeros that stand in front. */
export const spokenTicket = (ticket: string): string => ticket.replace(/ 0+(?=\d)/, ' ')
