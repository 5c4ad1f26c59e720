/** `npm run new:service -- <name> [--no-database]`: one that starts, answers and is tested. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { runProgram } from '../../services/shared/runtime/run-program';
import { ROOT } from '../stack/folders';
import { applyEdit, editsFor } from './edits';
import { filesOf, type NewFile, type NewService } from './files';

const run = promisify(execFile);
const NAME = /^[a-z]{2,20}$/;

/** What the command line asks for. Throws with the usage when it is not clear. */
function asked(): NewService {
  const { values, positionals } = parseArgs({
    options: { 'no-database': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0 || !NAME.test(name)) {
    throw new Error(
      'Usage: npm run new:service -- <name> [--no-database]\n' +
        'The name is one word of 2 to 20 lower-case letters: for folder, app-id and database.',
    );
  }
  if (existsSync(join(ROOT, 'services', name)))
    throw new Error(`services/${name} is there already`);
  return { name, hasDatabase: !values['no-database'] };
}

/** The files that change, edited; nothing is written before every edit has found its place. */
async function editedFiles(service: NewService): Promise<NewFile[]> {
  const texts = new Map<string, string>();
  for (const edit of editsFor(service)) {
    const text = texts.get(edit.path) ?? (await readFile(join(ROOT, edit.path), 'utf8'));
    texts.set(edit.path, applyEdit(text, edit));
  }
  return [...texts].map(([path, text]) => ({ path, text }));
}

async function main(): Promise<void> {
  const service = asked();
  const files = [...filesOf(service), ...(await editedFiles(service))];
  for (const { path, text } of files) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
  }
  const paths = files.map(({ path }) => path);
  const code = paths.filter((path) => path.endsWith('.ts'));
  await run('npx', ['--no-install', 'prettier', '--write', ...code], { cwd: ROOT });
  process.stdout.write(`${paths.map((path) => `  ${path}`).join('\n')}

Now say "npm run generate" (the API document), then "npm run check" and
"npx jest services/${service.name}". CONTRIBUTING.md says what a program can't do for you.
`);
}

runProgram(main);
