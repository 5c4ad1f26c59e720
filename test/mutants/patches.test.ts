import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../tidy/tree';
import { checkThatItApplies } from './copy';
import { allMutants, namePattern } from './patches';

const TEST_FUNCTIONS = ['describe', 'it', 'test'];
const FILLED = '…';
const NOT_PRODUCTION = /\.test\.ts$|\/testing\/|^test\//;

/** The function of `describe.each(table)('name', …)` and the like; undefined for other calls. */
function functionName(node: ts.Expression): string | undefined {
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node))
    return functionName(node.expression);
  return ts.isIdentifier(node) ? node.text : undefined;
}

/** The fixed text of a test's name; `FILLED` replaces values from a table or template. */
function literal(node: ts.Expression | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text.replace(/%[a-z#]|\$\w[\w.]*/g, FILLED);
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(FILLED);
}

/** The names of all tests of a file, with those of the surrounding `describe`s. */
function testNames(file: string, text: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node, around: string[]): void => {
    const called = ts.isCallExpression(node) ? functionName(node.expression) : undefined;
    const name = ts.isCallExpression(node) ? literal(node.arguments[0]) : undefined;
    const isNamed = called !== undefined && TEST_FUNCTIONS.includes(called) && name !== undefined;
    if (isNamed && called !== 'describe') names.push([...around, name].join(' '));
    const within = isNamed && called === 'describe' ? [...around, name] : around;
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true), []);
  return names;
}

/**
 * The tests of a file that the words may mean. Filled-in values may occur anywhere in the file;
 * only a run of the mutant is certain.
 */
function meant(file: string, words: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const pattern = new RegExp(namePattern(words), 'i');
  const isInFile = (word: string): boolean => text.toLowerCase().includes(word.toLowerCase());
  return testNames(file, text).filter((name) => {
    const unsaid = words
      .split(/\s+/)
      .filter((word) => !name.toLowerCase().includes(word.toLowerCase()));
    const isFilled = name.includes(FILLED) && unsaid.length < words.split(/\s+/).length;
    return pattern.test(name) || (isFilled && unsaid.every(isInFile));
  });
}

describe.each(allMutants())('the mutant $name', ({ file, testFile, words, changes }) => {
  it('applies to the code as it is', async () => {
    await expect(checkThatItApplies(file)).resolves.toBeUndefined();
  });

  it('changes production code only', () => {
    expect(changes.filter((path) => NOT_PRODUCTION.test(path))).toEqual([]);
  });

  it('names a test that exists', () => {
    expect(meant(testFile, words)).not.toEqual([]);
  });
});

describe('the pattern of a name', () => {
  it('takes the words in their order, with anything between, and no sign for a pattern', () => {
    const pattern = new RegExp(namePattern('paid (twice) is'));
    expect('a payout paid by chance (twice) is seen').toMatch(pattern);
    expect('(twice) is paid').not.toMatch(pattern);
    expect('paid twice is').not.toMatch(pattern);
  });
});

describe('the words of a mutant', () => {
  const THIS = 'test/mutants/patches.test.ts';

  it.each([
    ['applies to the code', true],
    [`applies to ${'q'.repeat(9)}`, false],
    ['are looked up in names and filled', true],
  ])('are looked up in names, filled ones too: %s', (words, isMeant) => {
    expect(meant(THIS, words).length > 0).toBe(isMeant);
  });
});
