/** Tokens that tell browsers what a field is for (HTML, "Autofill"; WCAG 2.2, 1.3.5), as far as city halls ask for it. */
export const AUTOCOMPLETE: ReadonlySet<string> = new Set(
  (
    'off name honorific-prefix given-name additional-name family-name honorific-suffix nickname organization ' +
    'organization-title street-address address-line1 address-line2 address-line3 address-level1 address-level2 ' +
    'country country-name postal-code bday sex language url email tel'
  ).split(' '),
)
