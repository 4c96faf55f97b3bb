import { describe, expect, test } from 'vitest'
import { count, outcome } from './count.ts'

const report = (more: object) => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...more,
})
const file = (status: string, tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
})

describe('the last line of bin/test', () => {
  test('counts what passed and what failed', () => {
    expect(outcome(count(report({}), 0))).toBe('5 passed, 0 failed')
    expect(outcome(count(report({ numFailedTests: 2, testResults: [file('failed', ['failed', 'failed'])] }), 1))).toBe(
      '5 passed, 2 failed',
    )
  })

  test('names what was left out', () => {
    expect(outcome(count(report({ numPendingTests: 3, numTodoTests: 1 }), 0))).toBe('5 passed, 0 failed, 4 skipped')
  })

  test('counts a file that does not load as a failure', () => {
    expect(outcome(count(report({ testResults: [file('failed', []), file('passed', ['passed'])] }), 1))).toBe(
      '5 passed, 1 failed',
    )
  })

  test('a run that broke off, or ended badly though all tests passed, failed', () => {
    expect(outcome(count(null, 134))).toBe('0 passed, 1 failed')
    expect(outcome(count(report({}), 1))).toBe('5 passed, 1 failed')
  })
})
