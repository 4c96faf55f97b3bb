import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { contrast } from './contrast.ts'
import { harmlessSvg } from './harmless-svg.ts'
import { loadTheme, parseTheme, plainTheme, ThemeError, writeThemeFile } from './theme-file.ts'

const folder = () => mkdtemp(join(inject('testDir'), 'theme '))

describe('the look of a city', () => {
  it('is plain where the city has no theme file', async () => {
    expect(await loadTheme(await folder(), 'karlsruhe', 'Stadt Karlsruhe')).toEqual(plainTheme('Stadt Karlsruhe'))
  })

  it('of the demo city comes with the program', async () => {
    const dataDir = await folder()
    await writeThemeFile(dataDir, 'musterstadt', { name: 'Musterstadt am Neckar' })
    const theme = await loadTheme(dataDir, 'musterstadt', 'Musterstadt am Neckar')
    expect(theme.contact.representative).toBe('Oberbürgermeisterin Dr. Marlene Vogt')
    expect(theme.logoSvg).toContain('<svg')
  })

  it('of a new city is a file to fill in, which reads back as the plain theme', async () => {
    const dataDir = await folder()
    await writeThemeFile(dataDir, 'karlsruhe', { name: 'Stadt Karlsruhe' })
    expect(await loadTheme(dataDir, 'karlsruhe', 'Stadt Karlsruhe')).toEqual(plainTheme('Stadt Karlsruhe'))
  })

  it('has the name that its file says, so that a city is renamed where its colours are', () => {
    expect(parseTheme("name: 'Hansestadt Probe'", 'theme.yaml', 'Stadt Probe').name).toBe('Hansestadt Probe')
    expect(parseTheme("name: ''", 'theme.yaml', 'Stadt Probe').name).toBe('Stadt Probe')
  })

  it('is not overwritten where a file is there already', async () => {
    const dataDir = await folder()
    const file = await writeThemeFile(dataDir, 'karlsruhe', { name: 'Stadt Karlsruhe' })
    await writeFile(file, "accent: '#aa0000'\n")
    await writeThemeFile(dataDir, 'karlsruhe', { name: 'Stadt Karlsruhe' })
    expect(await readFile(file, 'utf8')).toBe("accent: '#aa0000'\n")
  })

  it.each([
    ['a colour that is none', "accent: 'blue'", /theme.yaml: accent must be a colour such as "#2044aa", not "blue"/],
    ['an accent too light to read', "accent: '#ffee00'", /too light for text on #f3f3f7/],
    [
      'an accent that reads on white but not on the grey of boxes',
      "accent: '#767676'",
      /too light for text on #f3f3f7/,
    ],
    ['a dark accent too dark to read', "accentDark: '#222222'", /too dark for text on #232738/],
    ['a key that is unknown', "akzent: '#aa0000'", /"akzent" is unknown/],
    ['an unknown contact', 'contact: { fax: 1 }', /"contact.fax" is unknown/],
    ['YAML that is none', 'accent: [', /theme.yaml:1/],
    ['a list', '- 1', /must be names with values/],
    ['a logo with a script', 'logoSvg: "<svg><script>alert(1)</script></svg>"', /must not hold <script>/],
  ])('is refused with file and reason: %s', (_what, text, reason) => {
    const parse = () => parseTheme(text, 'theme.yaml', 'Stadt Probe')
    expect(parse).toThrow(ThemeError)
    expect(parse).toThrow(reason)
  })
})

describe('a logo', () => {
  it.each([
    '<svg viewBox="0 0 1 1"><path d="M0 0h1"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g fill="none"><circle r="1"/></g></svg>',
    '<svg><defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs><rect fill="url(#a)"/></svg>',
  ])('that only draws is taken: %s', (markup) => {
    expect(harmlessSvg(markup)).toBeNull()
  })

  it.each([
    '<svg onload="alert(1)"></svg>',
    '<svg><a href="javascript:alert(1)"></a></svg>',
    '<svg><foreignObject></foreignObject></svg>',
    '<svg><path d="M0" style="fill:red"/></svg>',
    '<svg><path fill="url(https://elsewhere.example/x)"/></svg>',
    '<svg><style>a{}</style></svg>',
    '<svg><!-- --></svg>',
    "<svg onload='alert(1)'></svg>",
    '<svg><use href="#x"/></svg>',
    '<p></p>',
    '<svg></svg><script></script>',
  ])('that could do more is refused: %s', (markup) => {
    expect(harmlessSvg(markup)).not.toBeNull()
  })
})

describe('contrast', () => {
  it('is 21 between black and white and 1 between equals', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#777777')).toBe(1)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})
