/** "A 014": the letter of the team, so that people in the hall see who is called for the same matters. */
export const ticketOf = (team: number, number: number): string =>
  `${String.fromCharCode(65 + (team % 26))} ${String(number).padStart(3, '0')}`

/** As it is said: "A 14". Voices spell zeros that stand in front. */
export const spokenTicket = (ticket: string): string => ticket.replace(/ 0+(?=\d)/, ' ')
