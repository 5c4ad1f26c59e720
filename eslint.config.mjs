import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import jest from 'eslint-plugin-jest';
import jsdoc from 'eslint-plugin-jsdoc';
import a11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import {
  contextFirst,
  noBareWait,
  noBarrel,
  noClock,
  noDefaultExport,
  noEnvironment,
  noFetch,
  noGlob,
  noIndex,
  noLiteralText,
  noLostPromise,
  noMoneyNumber,
  noSwallowedError,
  noSynchronize,
  noUnfinishedTest,
  noWaitByTheClock,
  oneFunction,
  transactionFirst,
} from './tools/checks/lint-syntax.mjs';

/** Limits of our style; tests and tables of data may be longer. */
const MAX_LINES = 250;
const MAX_MAIN_LINES = 40;
const MAX_FUNCTION_LINES = 70;
/** A component is mostly markup. */
const MAX_COMPONENT_LINES = 100;

const fieldsOfForms = {
  name: '@mantine/core',
  importNames: ['Checkbox', 'NativeSelect', 'PasswordInput', 'TextInput', 'Textarea'],
  message: 'From web/src/ui/fields, with their styles.',
};

const TEST_FILES = ['**/*.test.{ts,tsx}'];
const TESTS = [...TEST_FILES, 'test/**', '**/testing/**'];
const DATA = ['**/migrations/**', 'operations/company/**'];
/** Files that may read the environment: one place for services, one for tools, and tests. */
const READS_ENVIRONMENT = [
  'services/shared/config/**',
  'tools/stack/environment.ts',
  'bench/**',
  ...TESTS,
];

const EVERYWHERE = [noLostPromise, noBarrel, noSwallowedError, noSynchronize, noGlob];
/** Replaces the list of an earlier block: ESLint does not merge options. */
const restrict = (...selectors) => ({
  'no-restricted-syntax': ['error', ...EVERYWHERE, ...selectors],
});

const exportedFunctions = [
  'ExportNamedDeclaration > FunctionDeclaration',
  'ExportNamedDeclaration > TSDeclareFunction',
  'ExportNamedDeclaration > ClassDeclaration',
  'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression',
  'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > FunctionExpression',
];

export default defineConfig(
  {
    ignores: [
      '**/*.generated.ts',
      'dist/',
      'dist-operations/',
      'coverage/',
      '.cache/',
      '.data/',
      'web/dist/',
      'web/public/',
      'web/src/api/schema.d.ts',
      'sidecar/',
      '**/generated/',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
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
      ...restrict(noDefaultExport, noEnvironment, noBareWait),
    },
  },
  {
    files: READS_ENVIRONMENT,
    rules: restrict(noDefaultExport, noBareWait),
  },
  {
    files: ['services/**/domain/**'],
    ignores: TESTS,
    rules: restrict(noDefaultExport, noEnvironment, noBareWait, noClock),
  },
  {
    files: ['services/*/{commands,*/commands}/**'],
    ignores: ['services/shared/**', ...TESTS],
    rules: restrict(noDefaultExport, noEnvironment, noBareWait, contextFirst, oneFunction),
  },
  {
    files: ['services/*/{steps,*/steps}/**'],
    ignores: ['services/shared/**', ...TESTS],
    rules: restrict(noDefaultExport, noEnvironment, noBareWait, transactionFirst),
  },
  {
    files: TESTS,
    rules: { 'max-lines-per-function': 'off', ...restrict(noDefaultExport) },
  },
  {
    files: ['test/**', ...TEST_FILES],
    rules: { 'max-lines': 'off' },
  },
  {
    files: TEST_FILES,
    plugins: { jest },
    rules: {
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
      'jest/no-identical-title': 'error',
      'jest/valid-expect': 'error',
      'jest/valid-expect-in-promise': 'error',
      ...restrict(noDefaultExport, noUnfinishedTest, noWaitByTheClock),
    },
  },
  {
    files: ['services/**/*.ts'],
    ignores: [...TESTS, '**/{migrations,entities}/**'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          require: { FunctionDeclaration: false },
          contexts: exportedFunctions,
          exemptOverloadedImplementations: true,
          enableFixer: false,
        },
      ],
    },
  },
  {
    // Services log. A program that cannot start prints its error, because no logger exists yet.
    files: ['services/**/*.ts'],
    ignores: [...TESTS, '**/run-program.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'stdout' },
        { object: 'process', property: 'stderr' },
      ],
    },
  },
  {
    // A main.ts only starts its service.
    files: ['services/*/main.ts'],
    rules: { 'max-lines': ['error', { max: MAX_MAIN_LINES }] },
  },
  {
    files: ['**/index.ts'],
    rules: restrict(noIndex),
  },
  {
    files: DATA,
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    // Command line programs: they print to the terminal.
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
    // Jest calls the default export of setup and teardown files.
    files: ['test/support/{start-postgres,stop-postgres,obtain-daprd}.ts'],
    rules: restrict(),
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    extends: [a11y.flatConfigs.recommended],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'max-lines-per-function': ['error', { max: MAX_COMPONENT_LINES }],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // The first field of a dialog or of the login page has the focus: that is what it is for.
      'jsx-a11y/no-autofocus': 'off',
      // A region that scrolls has a tab stop, so that the keyboard scrolls it.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['region', 'tabpanel'] }],
      'no-console': ['error', { allow: ['info', 'warn'] }],
      'no-restricted-imports': ['error', { paths: [fieldsOfForms] }],
      ...restrict(noDefaultExport, noBareWait, noLiteralText, noFetch, noMoneyNumber),
    },
  },
  {
    files: ['web/src/ui/fields.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Tools call the default export; they print to the terminal.
    files: ['web/{vite,vitest}.config.ts', 'web/test/**'],
    rules: { 'no-console': 'off', ...restrict() },
  },
  {
    files: ['web/**/*.test.{ts,tsx}'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off', ...restrict(noDefaultExport) },
  },
  {
    files: ['web/src/i18n/{en,ru}/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.{cjs,mjs}'],
    extends: [tseslint.configs.base],
    rules: { 'prefer-const': 'error', eqeqeq: ['error', 'always'] },
  },
);
