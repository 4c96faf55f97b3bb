export const de = {
  confirmed: 'Das Melderegister bestätigt Person und Hauptwohnung.',
  secondary: 'Die Person ist an dieser Anschrift nur mit Nebenwohnung gemeldet.',
  notFound: 'Unter diesem Namen und Geburtsdatum ist an dieser Anschrift niemand gemeldet.',
  different: (what: string) => `Das Melderegister kennt die Person, es weicht aber ab: ${what}.`,
  differences: { name: 'Name', birthDate: 'Geburtsdatum', address: 'Anschrift' },
  tooOften: 'Zu dieser Person wurde heute schon sehr oft gefragt. Bitte prüfen Sie von Hand, wer hier anfragt.',
  unavailable: 'Das Melderegister hat nicht geantwortet.',
}
