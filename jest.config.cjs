/** Kinds of tests other than unit tests, by their file names; `npm test` runs all kinds. */

const KINDS_OF_UNIT_TESTS = ['db', 'component', 'e2e'];
/**
 * Timeout of the longest kind: Jest reads this limit at the top level only, never from a project.
 */
const TEST_TIMEOUT_MS = 180_000;
/**
 * Time of a worker to end: freeing its heap of up to 700 MB takes longer than Jest's half second
 * while the machine is busy, and Jest then reports a leak that none of the tests has.
 */
const WORKER_EXIT_MS = 10_000;

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'cjs', 'json', 'node'],
  // Compiled output and caches repeat module names, which confuses Jest's file map.
  modulePathIgnorePatterns: ['<rootDir>/(dist|dist-operations|web/dist|\\.cache|\\.data)/'],
  cacheDirectory: '<rootDir>/.cache/jest',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          // Like tsc: legacy decorators, assigned fields, no metadata.
          transform: {
            legacyDecorator: true,
            decoratorMetadata: false,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};

const notUnit = KINDS_OF_UNIT_TESTS.map((kind) => `\\.${kind}\\.test\\.ts$`);
const postgres = {
  globalSetup: '<rootDir>/test/support/start-postgres.ts',
  globalTeardown: '<rootDir>/test/support/stop-postgres.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  testTimeout: TEST_TIMEOUT_MS,
  workerIdleMemoryLimit: '700MB',
  workerGracefulExitTimeout: WORKER_EXIT_MS,
  reporters: ['default', '<rootDir>/test/support/no-skipped-tests.cjs'],
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{services,operations,tools,bench,test/support}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...notUnit],
    },
    {
      ...shared,
      displayName: 'tidy',
      testMatch: ['<rootDir>/test/tidy.test.ts'],
    },
    {
      ...shared,
      displayName: 'contracts',
      testMatch: [
        '<rootDir>/test/manifests.test.ts',
        '<rootDir>/test/{contracts,manifests,mutants}/**/*.test.ts',
      ],
    },
    {
      ...shared,
      ...postgres,
      displayName: 'db',
      testMatch: ['<rootDir>/**/*.db.test.ts'],
    },
    {
      ...shared,
      ...postgres,
      displayName: 'component',
      testMatch: ['<rootDir>/**/*.component.test.ts'],
    },
    {
      ...shared,
      displayName: 'e2e',
      globalSetup: '<rootDir>/test/support/obtain-daprd.ts',
      // One file at a time: every file uses the same ports and the whole machine.
      runner: '<rootDir>/test/support/one-at-a-time-runner.cjs',
      testMatch: ['<rootDir>/{test,web/test}/e2e/**/*.e2e.test.ts'],
    },
  ],
};
