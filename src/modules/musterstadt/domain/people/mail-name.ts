/** `Jürgen Müller-Lüdenscheidt` → `juergen.mueller-luedenscheidt`. */
export function mailName(givenName: string, familyName: string): string {
  return `${ascii(givenName)}.${ascii(familyName)}`
}

function ascii(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
}
