import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/stack/folders';

const GITHUB = join(ROOT, '.github');
const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

const files = readdirSync(GITHUB, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(workflows|actions)\/.*\.yml$/.test(file))
  .map((file) => [file, readFileSync(join(GITHUB, file), 'utf8')] as const);
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

it.each(files)('%s uses what is here, or a commit whose version it says', (_, text) => {
  const used = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action]) => action!);
  const [local, foreign] = [
    used.filter((action) => action.startsWith('./')),
    used.filter((action) => !action.startsWith('./')),
  ];
  expect(local.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(foreign.filter((action) => !PINNED.test(action))).toEqual([]);
});

it.each(files)('%s runs commands that package.json has', (_, text) => {
  const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !scripts[name])).toEqual([]);
});
