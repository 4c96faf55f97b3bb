/** What makes a city look like itself: read from one file per city (`DATA_DIR/tenants/<id>/theme.yaml`). */
export interface Theme {
  /** As people read it: "Stadt Karlsruhe". */
  readonly name: string
  /** The one accent colour, as `#rrggbb`, with one that reads on dark ground. */
  readonly accent: string
  readonly accentDark: string
  /** Markup of a coat of arms or logo; checked at start to be harmless SVG. Empty: the name alone. */
  readonly logoSvg: string
  readonly contact: Contact
}

export interface Contact {
  readonly street: string
  readonly postcode: string
  readonly place: string
  readonly telephone: string
  readonly email: string
  /** Who represents the city by law: "Oberbürgermeisterin Dr. Marlene Vogt" */
  readonly representative: string
  readonly dataProtectionEmail: string
}
