/**
 * `npm run new:service -- <name> [--no-database]`: creates a service that starts, answers and has
 * tests.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { runProgram } from '../../services/shared/runtime/run-program';
import { ROOT } from '../stack/folders';
import { catalogueWith, filesOf, type NewService } from './files';

const run = promisify(execFile);
const CATALOGUE = 'services/catalogue.ts';
const NAME = /^[a-z]{2,20}$/;

/** Reads the command line. Throws the usage when it is invalid. */
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

async function main(): Promise<void> {
  const service = asked();
  const catalogue = catalogueWith(await readFile(join(ROOT, CATALOGUE), 'utf8'), service);
  const files = [...filesOf(service), { path: CATALOGUE, text: catalogue }];
  for (const { path, text } of files) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
  }
  const paths = files.map(({ path }) => path);
  const code = paths.filter((path) => path.endsWith('.ts'));
  await run('npx', ['--no-install', 'prettier', '--write', ...code], { cwd: ROOT });
  const { stdout } = await run('npm', ['run', '--silent', 'generate'], { cwd: ROOT });
  process.stdout.write(`${paths.map((path) => `wrote ${path}`).join('\n')}
${stdout}
Now say "npm run check" and "npx jest services/${service.name}". CONTRIBUTING.md says what a
program can't do for you.
`);
}

runProgram(main);
