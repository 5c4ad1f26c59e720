import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The limits of our style; tests and tables of data may be longer. */
const MAX_LINES = 250;
const MAX_FUNCTION_LINES = 70;

const TESTS = ['**/*.test.ts', 'test/**', '**/testing/**'];
const DATA = ['**/migrations/**', 'operations/company/**'];
/** Where the environment may be read: the services' one place, the tools' one, and the tests. */
const READS_ENVIRONMENT = [
  'services/shared/config/**',
  'tools/stack/environment.ts',
  'bench/**',
  ...TESTS,
];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a thing has one name everywhere.',
};
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read the environment in services/shared/config (services) or tools/stack (tools).',
};
const noBareWait = {
  selector:
    'CallExpression[callee.name=/^(setTimeout|setInterval)$/] > Literal.arguments:nth-child(2), ' +
    "CallExpression[callee.object.name='AbortSignal'][callee.property.name='timeout'] > Literal",
  message: 'A limit has a name: make it a constant with its unit.',
};
const noLostPromise = {
  selector:
    'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/] > [async=true], ' +
    'CallExpression[callee.property.name=/^(forEach|on|once|addListener)$/] > [async=true]',
  message: 'Nobody waits for this function: its error would end the process.',
};
const noClock = {
  selector:
    "CallExpression[callee.object.name='Date'][callee.property.name='now'], " +
    "NewExpression[callee.name='Date'][arguments.length=0], " +
    "CallExpression[callee.object.name='Math'][callee.property.name='random'], " +
    "CallExpression[callee.object.name='performance'], " +
    "CallExpression[callee.object.name='crypto'], " +
    'CallExpression[callee.name=/^(newId|systemClock)$/]',
  message: 'The domain is pure: time and chance come in as arguments.',
};

const restrict = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] });

export default defineConfig(
  {
    ignores: [
      '**/*.generated.ts',
      'dist/',
      'dist-operations/',
      'coverage/',
      '.cache/',
      '.data/',
      'web/',
      'sidecar/',
      '**/generated/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: dirname(fileURLToPath(import.meta.url)),
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      // Koa's callback() returns a promise that never rejects, and is made to be passed on.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false } },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: MAX_LINES }],
      'max-lines-per-function': ['error', { max: MAX_FUNCTION_LINES }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-param-reassign': 'error',
      'no-implicit-coercion': ['error', { allow: ['!!'] }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      ...restrict(noDefaultExport, noEnvironment, noBareWait, noLostPromise),
    },
  },
  {
    files: READS_ENVIRONMENT,
    rules: restrict(noDefaultExport, noBareWait, noLostPromise),
  },
  {
    files: ['services/*/domain/**'],
    ignores: TESTS,
    rules: restrict(noDefaultExport, noEnvironment, noBareWait, noLostPromise, noClock),
  },
  {
    files: TESTS,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      ...restrict(noDefaultExport, noLostPromise),
    },
  },
  {
    files: DATA,
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    // Programs for people: they speak on the terminal.
    files: [
      'operations/**',
      'tools/**',
      'bench/**',
      'test/cluster/**',
      'services/payment/testing/sandbox-bank/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Jest finds setup and teardown by their default export.
    files: ['test/support/{start-postgres,stop-postgres,obtain-daprd}.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{cjs,mjs}'],
    extends: [tseslint.configs.base],
    rules: { 'prefer-const': 'error', eqeqeq: ['error', 'always'] },
  },
);
