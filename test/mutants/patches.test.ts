import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../tidy/tree';
import { checkThatItApplies } from './copy';
import { allMutants, namePattern } from './patches';

const TEST_FUNCTIONS = ['describe', 'it', 'test'];
const NOT_PRODUCTION = /\.test\.ts$|\/testing\/|^test\//;

/** The first name of `describe.each(table)('name', …)` and the like; undefined for other calls. */
function functionName(node: ts.Expression): string | undefined {
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node))
    return functionName(node.expression);
  return ts.isIdentifier(node) ? node.text : undefined;
}

/** What stands in the name for certain: of a template, the text between its placeholders. */
function literal(node: ts.Expression | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' ');
}

/** The names of all tests of a file, each with those of the `describe`s around it. */
function testNames(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
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

describe.each(allMutants())('the mutant $name', ({ file, testFile, words, changes }) => {
  it('applies to the code as it is', async () => {
    await expect(checkThatItApplies(file)).resolves.toBeUndefined();
  });

  it('changes production code only', () => {
    expect(changes.filter((path) => NOT_PRODUCTION.test(path))).toEqual([]);
  });

  it('names a test that exists', () => {
    const pattern = new RegExp(namePattern(words), 'i');
    expect(testNames(testFile).filter((name) => pattern.test(name))).not.toEqual([]);
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
