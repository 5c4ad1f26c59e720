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
  'every service has a README of one page': [
    file('services/board/app.ts'),
    file('services/user/README.md', manyLines(81)),
    file('services/auth/README.md', '# Auth\n'),
  ],
  'every command has a test beside it': [file('services/board/commands/finish-task.ts')],
  'lines have at most 100 characters': [file('services/board/app.ts', '/'.repeat(101))],
  'nothing is left unfinished': [
    file('services/board/app.ts', glue('// TO', 'DO: later')),
    file('docs/architecture.md', glue('FIX', 'ME')),
  ],
  'no path of a machine and no host of a registry': [
    file('tools/a.ts', glue("const folder = '/t", "mp/popug';")),
    file('docs/a.md', 'See /home/me/popug.'),
    file('.npmrc', glue('registry=https://registry.', 'npmjs.org')),
    file('docs/b.md', glue('GOPROXY=https://proxy.', 'golang.org')),
  ],
  'no code is commented out': [file('services/board/app.ts', '  // const task = open(id);')],
  'relative links in documents lead somewhere': [
    file('docs/a.md', 'See [the missing page](missing.md).'),
    file('docs/b.md', '# Heading\nSee [above](#headings).'),
  ],
  'npm scripts named in documents exist': [
    file('docs/a.md', 'Say `npm run no-such-script`.'),
    file('CONTRIBUTING.md', 'Say `npm test`.'),
  ],
};
