import type { SourceFile } from './tree';

const manyLines = (count: number): string => 'f();\n'.repeat(count);
const file = (path: string, text: string): SourceFile => ({ path, text });

/** Files in which each rule of ESLint, or the rule whose message begins so, must find a fault. */
export const lintOffenders: Record<string, SourceFile[]> = {
  'max-lines': [
    file('services/board/app.ts', manyLines(251)),
    file('services/board/testing/fake.ts', manyLines(251)),
    file('services/board/main.ts', manyLines(41)),
  ],
  'No barrels': [
    file('services/board/index.ts', 'f();'),
    file('services/board/all.ts', "export * from './domain/task';"),
  ],
  'jest/no-disabled-tests': [
    file('services/board/a.test.ts', "it.skip('a', () => {});"),
    file('services/board/b.test.ts', "xit('a', () => {});"),
  ],
  'jest/no-focused-tests': [
    file('services/board/a.test.ts', "describe.only('a', () => {});"),
    file('services/board/b.test.ts', "fit('a', () => {});"),
  ],
  'jest/valid-expect': [file('services/board/a.test.ts', "it('a', () => { expect(1); });")],
  'No test is planned': [file('services/board/a.test.ts', "it.todo('a');")],
  'No test waits by the clock': [
    file('services/board/a.test.ts', 'await new Promise((r) => setTimeout(r, LIMIT));'),
    file('services/board/b.test.ts', 'await sleep(LIMIT);'),
    file('services/board/c.test.ts', "import { setTimeout } from 'node:timers/promises';"),
  ],
  'no-console': [file('services/board/app.ts', "console.log('hello');")],
  'no-restricted-properties': [
    file('services/board/app.ts', "process.stdout.write('hello');"),
    file('services/board/main.ts', "process.stderr.write('hello');"),
  ],
  'No schema is synchronised': [
    file('services/board/data-source.ts', 'f({ synchronize: true });'),
    file('services/user/data-source.ts', 'f({ synchronize: isLocal });'),
  ],
  'Migrations and entities': [
    file('services/board/data-source.ts', "f({ migrations: ['dist/board/migrations/*.js'] });"),
    file('services/user/data-source.ts', "f({ entities: [__dirname + '/entities/*.js'] });"),
  ],
  'No error is swallowed': [
    file('services/board/a.ts', 'try { f(); } catch {}'),
    file('services/board/b.ts', 'try { f(); } catch (error) {\n  // never mind\n}'),
    file('services/board/c.ts', 'void f().catch(() => undefined);'),
    file('services/board/d.ts', 'void f().catch(() => {});'),
    file('services/board/e.ts', 'void f().catch(() => null);'),
    file('services/board/f.ts', 'void f().catch(function () {});'),
  ],
  'A command takes its context first': [
    file('services/board/commands/a.ts', 'export function a(database: Database): void {}'),
    file('services/board/commands/b.ts', 'export async function b(): Promise<void> {}'),
  ],
  'A command file exports one function': [
    file(
      'services/board/commands/c.ts',
      'export function a(context: C): void {}\nexport async function b(context: C): Promise<void> {}',
    ),
  ],
  'A step takes the transaction first': [
    file('services/board/steps/a.ts', 'export function a(database: Database): void {}'),
    file('services/account/ledger/steps/b.ts', 'export function b(context: Context): void {}'),
  ],
  'jsdoc/require-jsdoc': [
    file('services/board/a.ts', 'export function f(): void {}'),
    file('services/board/b.ts', 'export const f = (): void => {};'),
    file('services/board/c.ts', '// Not a doc comment.\nexport class C {}'),
  ],
};
