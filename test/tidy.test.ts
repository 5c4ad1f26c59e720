import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { docRules } from './tidy/docs';
import { nameRules } from './tidy/names';
import { offenders, scripts } from './tidy/offenders';
import { textRules } from './tidy/text';
import { ROOT, readTree } from './tidy/tree';

const rules = [...nameRules, ...textRules, ...docRules];
const tree = readTree();

describe.each(rules)('$name', ({ name, faults }) => {
  it('in the whole repository', () => {
    expect(faults(tree)).toEqual([]);
  });

  it('is seen to be broken by each offender', () => {
    const files = offenders[name] ?? [];
    expect(files).not.toEqual([]);
    const unseen = files.filter((offender) => {
      const found = faults([scripts, offender]);
      const folder = offender.path.split('/').slice(0, 2).join('/');
      return !found.some((fault) => fault.startsWith(folder));
    });
    expect(unseen).toEqual([]);
  });
});

it('reads the repository, not an empty folder', () => {
  expect(tree.map(({ path }) => path)).toContain('test/tidy.test.ts');
});

it('what ESLint watches is seen to be broken by each offender', async () => {
  const args = ['--no-install', 'tsx', 'test/tidy/lint.ts'];
  const { stdout } = await promisify(execFile)('npx', args, { cwd: ROOT });
  expect(JSON.parse(stdout)).toEqual([]);
});
