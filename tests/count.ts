import { existsSync, readFileSync } from 'node:fs'

/** What this program reads of Vitest's JSON report. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[]
}

export interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Counts a run of the tests. What failed outside any test counts as one failure each: a file that does not load, and
 * a run that broke off (no report) or ended badly although every test passed (an error that nobody caught).
 */
export function count(report: Report | null, exitCode: number): Count {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = report.numFailedTests + brokenFiles.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** The line by which people and machines tell the outcome. */
export const outcome = ({ passed, failed, skipped }: Count): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

function readReport(file: string): Report | null {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return null
  }
}

if (import.meta.main) {
  const [file = '', exitCode = '1'] = process.argv.slice(2)
  const counted = count(readReport(file), Number(exitCode))
  console.log(outcome(counted))
  // Nothing run is nothing shown to work.
  process.exit(counted.failed > 0 || counted.passed === 0 ? 1 : 0)
}
