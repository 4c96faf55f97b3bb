import { OperatorError } from '../operator-error.ts'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse, stringify, YAMLParseError } from 'yaml'
import { contrast } from './contrast.ts'
import { harmlessSvg } from './harmless-svg.ts'
import type { Contact, Theme } from './theme.ts'

/** KERN's own blue: what a city has until it names its colour. */
const DEFAULT_ACCENT = '#2044aa'
const DEFAULT_ACCENT_DARK = '#a9b9f0'

/** WCAG 2.2, success criterion 1.4.3: text of normal size. */
const LEAST_CONTRAST = 4.5

/** The grounds that leave text the least contrast: of boxes (KERN's neutral-025), and of raised parts in the dark. */
const LIGHT_GROUND = '#f3f3f7'
const DARK_GROUND = '#232738'

/** A theme file that cannot be used; the message names the file and what to write instead. */
export class ThemeError extends OperatorError {
  override readonly name = 'ThemeError'
}

/** Themes that come with the program, by tenant id: the demo city's. */
const SHIPPED = join(import.meta.dirname, '../../../themes')

const shippedFile = (tenantId: string): string => join(SHIPPED, `${tenantId}.yaml`)

const themeFile = (dataDir: string, tenantId: string): string => join(dataDir, 'tenants', tenantId, 'theme.yaml')

/**
 * The city's look from `DATA_DIR/tenants/<id>/theme.yaml`; otherwise the theme that comes with the program under the city's
 * id (the demo city's), otherwise a plain one.
 */
export async function loadTheme(dataDir: string, tenantId: string, name: string): Promise<Theme> {
  for (const file of [themeFile(dataDir, tenantId), shippedFile(tenantId)]) {
    const text = await readIfThere(file)
    if (text !== null) return parseTheme(text, file, name)
  }
  return plainTheme(name)
}

/**
 * Gives a new city its theme file: the one that comes with the program under its id, otherwise one with the plain theme to
 * fill in. A file that is there already is left as it is. Returns the file's path.
 */
export async function writeThemeFile(dataDir: string, tenantId: string, { name }: { name: string }): Promise<string> {
  const file = themeFile(dataDir, tenantId)
  const text = (await readIfThere(shippedFile(tenantId))) ?? newThemeFile(name)
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return file
}

const newThemeFile = (
  name: string,
): string => `# How ${name.replace(/\s+/g, ' ')} looks. A change is seen after the next start.
# accent: the one accent colour, with a contrast of 4.5 or more on ${LIGHT_GROUND}. accentDark: the same on ${DARK_GROUND}.
# logoSvg: coat of arms or logo as an SVG drawing without scripts, links and styles; empty: the name alone.
${stringify(plainTheme(name))}`

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Throws `ThemeError` with the file, the key and the reason. Absent keys take their values from the plain theme. */
export function parseTheme(text: string, file: string, name: string): Theme {
  const plain = plainTheme(name)
  const data = record(file, readYaml(text, file), 'the file')
  refuseUnknown(file, data, ['name', 'accent', 'accentDark', 'logoSvg', 'contact'], '')
  const contact = record(file, data['contact'] ?? {}, 'contact')
  refuseUnknown(file, contact, Object.keys(plain.contact), 'contact.')
  const theme: Theme = {
    name: string(file, data, 'name', plain.name).trim() || plain.name,
    accent: colour(file, data, 'accent', plain.accent),
    accentDark: colour(file, data, 'accentDark', plain.accentDark),
    logoSvg: string(file, data, 'logoSvg', plain.logoSvg).trim(),
    contact: Object.fromEntries(
      Object.entries(plain.contact).map(([key, fallback]) => [key, string(file, contact, key, fallback, 'contact.')]),
    ) as unknown as Contact,
  }
  if (contrast(theme.accent, LIGHT_GROUND) < LEAST_CONTRAST)
    throw new ThemeError(
      `${file}: accent ${theme.accent} is too light for text on ${LIGHT_GROUND}; its contrast must be 4.5 or more`,
    )
  if (contrast(theme.accentDark, DARK_GROUND) < LEAST_CONTRAST)
    throw new ThemeError(
      `${file}: accentDark ${theme.accentDark} is too dark for text on ${DARK_GROUND}; its contrast must be 4.5 or more`,
    )
  const danger = theme.logoSvg === '' ? null : harmlessSvg(theme.logoSvg)
  if (danger !== null) throw new ThemeError(`${file}: logoSvg ${danger}`)
  return theme
}

/** A city without a theme file: KERN's blue, no logo, contacts that are plainly placeholders of a demo. */
export function plainTheme(name: string): Theme {
  const place = name.replace(/^(stadt|gemeinde|markt)\s+/i, '')
  const domain = `${
    place
      .toLowerCase()
      .normalize('NFKD')
      .replace(/ß/g, 'ss')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'stadt'
  }.example`
  return {
    name,
    accent: DEFAULT_ACCENT,
    accentDark: DEFAULT_ACCENT_DARK,
    logoSvg: '',
    contact: {
      street: 'Rathausplatz 1',
      postcode: '00000',
      place,
      telephone: '115',
      email: `rathaus@${domain}`,
      representative: 'Bürgermeisteramt',
      dataProtectionEmail: `datenschutz@${domain}`,
    },
  }
}

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text) ?? {}
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new ThemeError(`${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`)
    throw error
  }
}

function record(file: string, value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ThemeError(`${file}: ${what} must be names with values`)
  return value as Record<string, unknown>
}

function refuseUnknown(file: string, data: Record<string, unknown>, known: readonly string[], prefix: string): void {
  const unknown = Object.keys(data).find((key) => !known.includes(key))
  if (unknown !== undefined)
    throw new ThemeError(`${file}: "${prefix}${unknown}" is unknown; known are ${known.join(', ')}`)
}

function string(file: string, data: Record<string, unknown>, key: string, fallback: string, prefix = ''): string {
  const value = data[key]
  if (value === undefined || value === null) return fallback
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') throw new ThemeError(`${file}: ${prefix}${key} must be a text`)
  return value
}

function colour(file: string, data: Record<string, unknown>, key: string, fallback: string): string {
  const value = string(file, data, key, fallback)
  if (!/^#[0-9a-f]{6}$/i.test(value))
    throw new ThemeError(`${file}: ${key} must be a colour such as "#2044aa", not "${value}"`)
  return value.toLowerCase()
}
