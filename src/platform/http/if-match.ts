/** The version in If-Match, which is a number here; null: nobody says what they saw. */
export function versionSeen(headers: Readonly<Record<string, string | string[] | undefined>>): number | null {
  const [, digits] = /^"?([1-9]\d{0,8})"?$/.exec(String(headers['if-match'] ?? '')) ?? []
  return digits === undefined ? null : Number(digits)
}
