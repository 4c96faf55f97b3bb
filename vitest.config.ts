import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'services/**/*.test.ts', 'tests/**/*.test.ts'],
    // One PostgreSQL for the run; each file that needs a city clones a database from a template.
    globalSetup: ['./src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    testTimeout: 30_000,
    // The first file that wants the demo city builds it.
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
  },
})
