import type { SourceFile } from './tree';

/** Joins words that no file may contain in one piece. */
const glue = (...pieces: string[]): string => pieces.join('');
const manyLines = (count: number): string => '// line\n'.repeat(count);
const file = (path: string, text = ''): SourceFile => ({ path, text });
/** The scripts that offending documents could name. */
export const scripts = file('package.json', '{ "scripts": { "start": "" } }');

/** Files that break each rule: a rule that finds no fault in them does not work. */
export const offenders: Record<string, SourceFile[]> = {
  'files and folders have kebab-case names': [file('services/board/commands/finishTask.ts')],
  'services have known rooms only, and files say their room': [
    file('services/board/helpers/dates.ts'),
    file('services/board/routes/tasks.ts'),
    file('services/board/subscriptions/user-activated.ts'),
    file('services/board/entities/task.ts'),
    file('services/board/jobs/heal.ts'),
    file('services/board/domain/money/fee.ts'),
    file('services/board/ledger/queries/fees.ts'),
    file('services/account/ledger/helpers/fees.ts'),
  ],
  'a main.ts starts its service and does nothing else': [
    file('services/board/main.ts', manyLines(41)),
  ],
  'every service has a README of one page': [
    file('services/board/app.ts'),
    file('services/user/README.md', manyLines(81)),
    file('services/auth/README.md', '# Auth\n'),
  ],
  'every command has a test beside it': [file('services/board/commands/finish-task.ts')],
  'no barrels: everything is imported from where it is': [
    file('services/board/index.ts'),
    file('services/board/all.ts', "export * from './domain/task';"),
  ],
  'files have at most 250 lines': [file('services/board/app.ts', manyLines(251))],
  'lines have at most 100 characters': [file('services/board/app.ts', '/'.repeat(101))],
  'no test is skipped, planned or focused': [
    file('services/board/a.test.ts', "it.skip('a', () => {});"),
    file('services/board/b.test.ts', "describe.only('a', () => {});"),
    file('services/board/c.test.ts', "it.todo('a');"),
    file('services/board/d.test.ts', "xit('a', () => {});"),
  ],
  'no test waits by the clock': [
    file('services/board/a.test.ts', 'await new Promise((r) => setTimeout(r, 100));'),
    file('services/board/b.test.ts', 'await sleep(100);'),
    file('services/board/c.test.ts', "import { setTimeout } from 'node:timers/promises';"),
  ],
  'nothing is left unfinished': [
    file('services/board/app.ts', glue('// TO', 'DO: later')),
    file('docs/architecture.md', glue('FIX', 'ME')),
  ],
  'services log, they do not print': [
    file('services/board/app.ts', "console.log('hello');"),
    file('services/board/main.ts', "process.stdout.write('hello');"),
  ],
  'no path of a machine and no host of a registry': [
    file('tools/a.ts', glue("const folder = '/t", "mp/popug';")),
    file('docs/a.md', 'See /home/me/popug.'),
    file('.npmrc', glue('registry=https://registry.', 'npmjs.org')),
    file('docs/b.md', glue('GOPROXY=https://proxy.', 'golang.org')),
  ],
  'no code is commented out': [file('services/board/app.ts', '  // const task = open(id);')],
  'no schema is synchronised: migrations change it': [
    file('services/board/data-source.ts', 'new DataSource({ synchronize: true });'),
    file('services/user/data-source.ts', 'new DataSource({ synchronize: isLocal });'),
  ],
  'migrations and entities are explicit lists, never globs': [
    file('services/board/data-source.ts', "migrations: ['dist/board/migrations/*.js'],"),
    file('services/user/data-source.ts', "entities: [__dirname + '/entities/*.entity.ts'],"),
  ],
  'a command takes its context first': [
    file('services/board/commands/a.ts', 'export function a(database: Database): void {}'),
    file('services/board/commands/b.ts', 'export async function b(): Promise<void> {}'),
  ],
  'a step takes its transaction first': [
    file('services/board/steps/a.ts', 'export function a(database: Database): void {}'),
    file('services/account/ledger/steps/b.ts', 'export function b(context: Context): void {}'),
  ],
  'no error is swallowed': [
    file('services/board/a.ts', glue('try { f(); } catch {', '}')),
    file('services/board/b.ts', 'try { f(); } catch (error) {\n  // never mind\n}'),
    file('services/board/c.ts', glue('void f().catch(() => ', 'undefined);')),
    file('services/board/d.ts', glue('void f().catch(() => ', '{});')),
  ],
  'exported functions and classes of services carry a doc comment': [
    file('services/board/a.ts', 'export function f(): void {}'),
    file('services/board/b.ts', 'export const f = (): void => {};'),
    file('services/board/c.ts', '// Not a doc comment.\nexport class C {}'),
  ],
  'relative links in documents lead somewhere': [
    file('docs/a.md', 'See [the missing page](missing.md).'),
    file('docs/b.md', '# Heading\nSee [above](#headings).'),
  ],
  'npm scripts named in documents exist': [
    file('docs/a.md', 'Say `npm run no-such-script`.'),
    file('CONTRIBUTING.md', 'Say `npm test`.'),
  ],
};
