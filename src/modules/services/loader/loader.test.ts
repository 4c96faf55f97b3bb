import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadServiceFolder, loadServices } from './folder.ts'
import { DefinitionError } from './problem.ts'

const KNOWN = {
  actions: ['parking.issue-permit'],
  checks: [],
  permissions: ['cases.read', 'cases.work', 'cases.decide'],
}

/** Problems of a copy of the dog registration in which texts of one file were replaced. */
let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'services of a city '))
  cpSync('services/dog-registration', join(root, 'dog-registration'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function problemsAfter(file: string, ...changes: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const path = join(root, 'dog-registration', file)
  let text = readFileSync(path, 'utf8')
  for (const [from, to] of changes) {
    expect(text).toContain(from)
    text = text.replace(from, to)
  }
  writeFileSync(path, text)
  try {
    loadServices(root, KNOWN)
    return []
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return error.problems.map(
      (problem) => `${problem.file.replace('services/dog-registration/', '')}:${problem.line} ${problem.reason}`,
    )
  }
}

const lineOf = (file: string, text: string): number =>
  readFileSync(join(root, 'dog-registration', file), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1

describe('a service without an error', () => {
  test('is read, and its hash does not depend on comments', () => {
    const [before] = loadServices(root, KNOWN)
    writeFileSync(
      join(root, 'dog-registration', 'form.yaml'),
      `# a comment\n${readFileSync(join(root, 'dog-registration', 'form.yaml'), 'utf8')}`,
    )
    const [after] = loadServices(root, KNOWN)
    expect(after?.hash).toBe(before?.hash)
    expect(after?.definition.slug).toBe('dog-registration')
  })

  test('has another hash when a word changes', () => {
    const [before] = loadServices(root, KNOWN)
    expect(problemsAfter('texts.de.yaml', ['Rufname', 'Name des Hundes'])).toEqual([])
    expect(loadServices(root, KNOWN)[0]?.hash).not.toBe(before?.hash)
  })
})

describe('a form with an error is refused with file, line and reason', () => {
  test.each([
    ['an unknown key', 'type: mail', 'tipe: mail', 'type: mail', 'a field needs a "type"'],
    ['an unknown type', 'type: iban', 'type: bank', 'type: iban', '"bank" is no type of field'],
    [
      'a key that the type does not have',
      'type: iban',
      'type: iban, max: 3',
      'type: iban',
      '"max" is no key that is known here',
    ],
    [
      'an unknown name',
      'answers.payBy = "debit"',
      'answers.paiBy = "debit"',
      'answers.payBy = "debit"',
      'does not know "paiBy" in "answers"',
    ],
    [
      'an expression that is none',
      'latest: today, earliest',
      'latest: today +, earliest',
      'latest: today, earliest',
      'the expression `today +` ',
    ],
    [
      'a condition on what comes later',
      'answers.exemption != "none"',
      'answers.payBy = "debit"',
      'visibleIf: answers.exemption',
      '"payBy" is asked only here or later',
    ],
    ['a pattern that is none', "'[0-9]{15}'", "'[0-9{15}('", '[0-9]{15}', 'is no regular expression'],
    ['an empty range', 'min: 1, max: 5 }', 'min: 6, max: 5 }', 'min: 1, max: 5 }', 'min 6 is above max 5'],
    ['a name twice', 'name: payBy', 'name: exemption', 'name: payBy', '"exemption" is asked twice'],
    ['a name that FEEL uses', 'name: payBy', 'name: date', 'name: payBy', '"date" means something else'],
    [
      'an unknown prefill',
      'prefill: login.email',
      'prefill: login.mail',
      'prefill: login.email',
      '"login.mail" fills nothing in',
    ],
    [
      'an option that is not there',
      'answers.exemption != "none"',
      'answers.exemption != "no"',
      'answers.exemption != "none"',
      'compares with "no"; there is: none, assistance, rescue, shelter',
    ],
    [
      'a condition that is none',
      'answers.exemption != "none"',
      'answers.exemption',
      'answers.exemption != "none"',
      'gives a text, and true or false is needed',
    ],
    [
      'a limit that is no day',
      'latest: today, earliest',
      'latest: answers.dogsBefore, earliest',
      'latest: today, earliest',
      'gives a number, and a date is needed',
    ],
    ['a day that does not exist', '1990-01-01', '1990-02-30', '1990-01-01', 'means nothing with `date("1990-02-30")`'],
    [
      'a kind of file that nobody knows',
      'kinds: [application/pdf, ',
      'kinds: [application/word, ',
      'kinds: [application/pdf, ',
      '"application/word" cannot be told from the bytes of a file',
    ],
    [
      'a prefill of another kind',
      'prefill: dataSafe.birthDate',
      'prefill: login.email',
      'prefill: dataSafe.birthDate',
      '"login.email" does not fit a field of type date, but mail or text',
    ],
    [
      'a prefill in a list',
      'name: callName, type: text',
      'name: callName, prefill: dataSafe.givenName, type: text',
      'name: callName',
      'fields of a list are not filled in',
    ],
    [
      'a word that no browser knows',
      'autocomplete: given-name',
      'autocomplete: vorname',
      'autocomplete: given-name',
      'browsers do not know "vorname"',
    ],
    [
      'required twice over',
      '        required: false',
      '        required: false\n        requiredIf: answers.exemption = "rescue"',
      'name: exemptionProof',
      'say either "required" or "requiredIf"',
    ],
    [
      'two checks of one name',
      'checks: [{ name: of-age,',
      'checks: [{ name: of-age, that: value < today }, { name: of-age,',
      'name: of-age',
      'there are two checks "of-age"',
    ],
    [
      'a page that every form has',
      '- name: contact\n    items',
      '- name: zusammenfassung\n    items',
      '- name: contact',
      '"zusammenfassung" is another page of every form',
    ],
  ])('%s', (_what, from, to, at, reason) => {
    const line = lineOf('form.yaml', at)
    const problems = problemsAfter('form.yaml', [from, to])
    expect(problems.join('\n')).toContain(`form.yaml:${line} `)
    expect(problems.join('\n')).toContain(reason)
  })

  test('all errors are listed, not only the first', () => {
    const problems = problemsAfter('form.yaml', ['type: iban', 'type: bank'], ['type: mail', 'type: post'])
    expect(problems).toHaveLength(2)
  })

  test('YAML that is none is refused at its line', () => {
    const problems = problemsAfter('form.yaml', ['  - name: contact', '  - name: [contact'])
    expect(problems[0]).toMatch(/^form\.yaml:\d+ /)
  })

  test('a key twice is refused', () => {
    expect(problemsAfter('service.yaml', ['version: 1', 'version: 1\nversion: 2'])[0]).toMatch(/^service\.yaml:3 /)
  })
})

describe('a workflow with an error is refused', () => {
  test.each([
    [
      'a transition to a state that is not there',
      'to: review, by: system, when',
      'to: reviev, by: system, when',
      'there is no state "reviev"',
    ],
    [
      'a state that nothing leads to',
      'withdrawn: { kind: final, outcome: withdrawn }',
      'withdrawn: { kind: final, outcome: withdrawn }\n  lost: { kind: final, outcome: expired }',
      'no transition leads to the state "lost"',
    ],
    [
      'an automatic state in which cases could be stuck',
      '- name: register\n    from: [received]\n    to: registered\n    by: system',
      '- name: register\n    from: [received]\n    to: registered\n    by: system\n    when: answers.dogsBefore = 0',
      'cases could be stuck in "received"',
    ],
    [
      'an unknown action',
      '{ do: notify, template: registered }',
      '{ do: notifi, template: registered }',
      'there is no action "notifi"; there is: cancel-payment',
    ],
    [
      'a notice without words',
      'template: exempted',
      'template: exempt-notice',
      'words for "notices.exempt-notice" are missing',
    ],
    [
      'a letter that is not there',
      'template: tax-notice, input: { tax: 0',
      'template: tax-letter, input: { tax: 0',
      'there is no letter "tax-letter.typ"',
    ],
    ['an unknown event', 'on: documents-received', 'on: documents-arrived', '"documents-arrived" never happens'],
    [
      'a deadline that the state does not have',
      'from: [documents], to: review, by: system, on: deadline',
      'from: [received], to: review, by: system, on: deadline',
      '"received" has no deadline',
    ],
    [
      'an input that was not asked',
      'missing: input.missing',
      'missing: input.mising',
      'does not know "mising" in "input"',
    ],
    ['a permission that nobody can have', 'permission: cases.work', 'permission: cases.wrok', 'there is no permission'],
    [
      'a step that is never taken',
      'by: system, when: answers.exemption != "none", reason: true',
      'by: system, reason: true',
      '"register" is never taken: one before it has no condition',
    ],
    [
      'leaving the end',
      'from: [review, documents], to: withdrawn',
      'from: [review, documents, refused], to: withdrawn',
      '"refused" is final and cannot be left',
    ],
  ])('%s', (_what, from, to, reason) => {
    expect(problemsAfter('workflow.yaml', [from, to]).join('\n')).toContain(reason)
  })
})

describe('words and fees with an error are refused', () => {
  test('one line where a list belongs', () => {
    const problems = problemsAfter('texts.de.yaml', ['  documents:\n', '  documents: Impfpass\n  documentz:\n']).join(
      '\n',
    )
    expect(problems).toContain('"documents" must be a list: lines that begin with "- "')
  })

  test('a text that is missing in one language', () => {
    const problems = problemsAfter('texts.en.yaml', [
      '  dogs.breed: { label: Breed, hint',
      '  dogs.bread: { label: Breed, hint',
    ])
    expect(problems.join('\n')).toContain('words for "fields.dogs.breed" are missing')
    expect(problems.join('\n')).toContain('nothing uses the words "fields.dogs.bread"')
  })

  test('a hint that only one language has', () => {
    expect(problemsAfter('texts.de.yaml', ['Rufname }', 'Rufname, hint: Wie Sie ihn rufen }']).join('\n')).toContain(
      '"fields.dogs.callName.hint" has no counterpart in services/dog-registration/texts.en.yaml',
    )
  })

  test('a source that is told in one language alone', () => {
    expect(
      problemsAfter('service.yaml', [", en: 'following section 147 (3) AO, the fiscal code' }", ' }']).join('\n'),
    ).toContain('"en" is missing')
  })

  test('periods of a fee that overlap, and days that do not exist', () => {
    const period =
      '\n  - from: 2021-02-30\n    source: { de: Beispielwert, en: demo value }\n    rates: [{ cents: 1 }]\n'
    const path = join(root, 'dog-registration', 'fees.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').trimEnd() + period)
    const problems = problemsAfter('fees.yaml').join('\n')
    expect(problems).toContain('there is no day 2021-02-30')
    expect(problems).toContain('overlaps the period before it')
  })

  test('a gap in a notice that nothing fills', () => {
    expect(problemsAfter('texts.de.yaml', ['{missing}', '{mising}']).join('\n')).toMatch(
      /texts\.de\.yaml:\d+ nothing fills in "\{mising\}"; there is: caseNumber, .*, missing/,
    )
  })

  test('a letter that cannot be read, at its line', () => {
    const path = join(root, 'dog-registration', 'tax-notice.typ')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('#for dog in', '#for dog'))
    const line = text.slice(0, text.indexOf('#for dog in')).split('\n').length
    expect(() => loadServiceFolder(join(root, 'dog-registration'))).toThrow(
      `services/dog-registration/tax-notice.typ:${line}: expected keyword`,
    )
  })

  test('two services with the same prefix of case numbers', () => {
    cpSync(join(root, 'dog-registration'), join(root, 'cat-registration'), { recursive: true })
    const path = join(root, 'cat-registration', 'service.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('slug: dog-registration', 'slug: cat-registration'))
    expect(() => loadServices(root, KNOWN)).toThrow('the prefix HUN is that of')
  })

  test('a file that is missing', () => {
    rmSync(join(root, 'dog-registration', 'workflow.yaml'))
    expect(() => loadServices(root, KNOWN)).toThrow('services/dog-registration/workflow.yaml: is missing')
  })
})
