const HELPERS_OF_TESTS = ['[.]test[.]ts$', '/testing/']

/**
 * Arrows point down only: app, modules, platform; a module is entered through its door; no circles.
 * `tests/architecture/rules.test.ts` plants one violation of each rule and sees it caught: a new rule goes there, too.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'platform-knows-nothing-municipal',
      comment: 'The platform imports neither modules nor the composition root. What it needs of them, they declare.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: HELPERS_OF_TESTS },
      to: { path: '^src/(?!platform/)' },
    },
    {
      name: 'modules-are-below-the-app',
      comment: 'A module imports the platform, other modules by their doors, and in tests the test city.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: HELPERS_OF_TESTS },
      to: { path: '^(src/(?!platform/|modules/)|tests/|bench/|services/)' },
    },
    {
      name: 'door',
      comment: 'A module is entered through its public.ts alone.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/(?!$1/)[^/]+/(?!public[.]ts$)' },
    },
    {
      name: 'door-from-outside',
      comment: 'Whatever lies outside the modules enters them by manifest (module.ts, found by scanning) or door.',
      severity: 'error',
      from: { path: '^(src/(?!modules/)|services/)' },
      to: { path: '^src/modules/[^/]+/(?!(public|module)[.]ts$)' },
    },
    {
      name: 'door-from-tests',
      comment: 'Tests of the whole and benches enter a module in the same ways, and take what it has for tests.',
      severity: 'error',
      from: { path: '^(tests|bench)/' },
      to: { path: '^src/modules/[^/]+/(?!(public|module)[.]ts$|testing/)' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Rules that a clerk could dispute know no SQL, no HTTP, no files, no jobs: they can be tested with values alone.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/domain/', pathNot: '[.]test[.]ts$' },
      to: {
        path: [
          '^src/modules/[^/]+/(store|routes|views|browser|migrations|use-?cases)(/|[.]ts$)',
          '^src/platform/(db|http|html|jobs|events|files|mail|pdf|postgres|ops|audit|auth|search|tenants|context|app)(/|[.]ts$)',
          'node_modules/(kysely|pg|fastify|graphile-worker|nodemailer)/',
          '^(node:)?(fs|http|https|net|child_process|worker_threads)(/|$)',
        ],
      },
    },
    {
      name: 'no-circles',
      comment:
        'Of files that import each other neither can be understood first; imports of types count. One circle is meant: ' +
        'a context holds the program (app.ts, types alone), whose manifests hold handlers that take a context.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '^src/platform/app[.]ts$' } },
    },
    {
      name: 'tools-stay-at-home',
      comment: 'What runs in a city hall does not need what is for development alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: HELPERS_OF_TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
}
