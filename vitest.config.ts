import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'services/**/*.test.ts', 'tests/**/*.test.ts'],
    // One PostgreSQL for the run; each file that needs a city clones a database from a template.
    globalSetup: ['./src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Each worker reads the program once, and not once a file: 170 s instead of 285 s for a third of the files. A test keeps
    // what it makes in a city of its own; a file that changed the program's modules would have to undo that.
    isolate: false,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    testTimeout: 30_000,
    // The first file that wants the demo city builds it.
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
  },
})
