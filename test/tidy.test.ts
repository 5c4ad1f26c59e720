import { docRules } from './tidy/docs';
import { nameRules } from './tidy/names';
import { offenders, scripts } from './tidy/offenders';
import { syntaxRules } from './tidy/syntax';
import { textRules } from './tidy/text';
import { readTree } from './tidy/tree';

const rules = [...nameRules, ...textRules, ...syntaxRules, ...docRules];
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
