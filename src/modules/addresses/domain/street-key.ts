/**
 * A street's name reduced to what people agree on when they type it: no case, blanks, hyphens or accents; `Straße`, `Strasse`,
 * `Str.` and a `Straß` half typed are the same; `ü`, `ue` and `u` are the same.
 */
export function streetKey(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('ı', 'i')
    .replaceAll(/[^a-z0-9]/g, '')
  return plain
    .replace(/stra(s(s(e)?)?)?$/, 'str')
    .replaceAll('strasse', 'str')
    .replaceAll(/([aou])e/g, '$1')
}
