import { describe, expect, it } from 'vitest'
import { renderPdf } from './pdf.ts'

const source = '#let data = json(bytes(sys.inputs.data))\n= #data.title\n#terms.item("Name", data.text)\n'
const letter = async (text: string, title = text) =>
  (await renderPdf({ source, data: { title, text }, title, locale: 'de' })).toString('latin1')

const titleOf = (pdf: string) => /<dc:title>.*?<rdf:li[^>]*>(.*?)<\/rdf:li>/s.exec(pdf)?.[1]

describe('a letter', () => {
  it('never runs what somebody typed', async () => {
    const made = await letter('#read("/etc/passwd") #panic("x") $ *b* <c> ", \\ ]', '"] #panic("x") \\')
    expect(made).toMatch(/^%PDF-/)
    expect(made).not.toContain('root:')
  })

  it('is set in a font without serifs, which it brings along', async () => {
    const made = await letter('Jürgen Müller-Lüdenscheidt, Đặng Thị Ștefan, Юрий Ελένη')
    const fonts = [...made.matchAll(/\/BaseFont\s*\/([^\s/]+)/g)].map(([, name]) => name!.replace(/^[A-Z]{6}\+/, ''))
    expect(new Set(fonts)).toEqual(new Set(['NotoSans-Regular', 'NotoSans-Bold']))
    expect(made.match(/\/FontFile2/g)).toHaveLength(2)
  })

  it.each([
    ['an emoji', 'Danke 👨‍👩‍👧 😀'],
    ['a Chinese name', '王小明'],
    [
      'a thousand characters that no font of ours has',
      String.fromCodePoint(...Array.from({ length: 1000 }, (_, i) => 0x4e00 + i)),
    ],
    ['a control character', 'a\u0007b'],
    ['a mark of the byte order', '\ufeffAnna'],
    ['half of a character', 'a\ud800b'],
    ['a character that is none', '\uffff'],
  ])('is made for somebody who typed %s', async (_name, text) => {
    expect(await letter(text)).toMatch(/^%PDF-/)
  })

  it('is refused with a text so long that the program would end', async () => {
    await expect(letter('ä'.repeat(100_000))).rejects.toThrow('more than 16000 characters')
  })

  it('whose template does not compile says where', async () => {
    await expect(async () =>
      renderPdf({ source: '= Titel\n#fehlt', data: {}, title: 'Bescheid', locale: 'de' }),
    ).rejects.toThrow(/unknown variable/)
  })

  it('is the one that was asked for, also of twenty that are asked for at once', async () => {
    const titles = Array.from({ length: 20 }, (_, n) => (n === 7 ? 'ä'.repeat(20_000) : `Bescheid ${n}`))
    const made = await Promise.allSettled(titles.map((title) => letter('Text', title)))
    for (const [n, result] of made.entries()) {
      if (n === 7) expect(result.status).toBe('rejected')
      else expect(result.status === 'fulfilled' && titleOf(result.value)).toBe(`Bescheid ${n}`)
    }
  })

  it('leaves nothing in memory when it is made', async () => {
    const many = (from: number) => letter(Array.from({ length: 40 }, (_, n) => `Zeile ${from + n}.`).join(' '))
    for (let n = 0; n < 50; n++) await many(n)
    const before = process.memoryUsage.rss()
    for (let n = 50; n < 350; n++) await many(n)
    const megabytes = (process.memoryUsage.rss() - before) / 1_000_000
    expect(megabytes).toBeLessThan(80)
  })
})
