import { judge, unfit, type JestReport } from './verdict';

const EXPECTED = '\u001b[2mexpect(\u001b[22mreceived).toBe(expected)\n\nExpected: 1';

type Outcome = readonly [status: string, ...messages: string[]];

function report(message: string, ...tests: Outcome[]): JestReport {
  const assertionResults = tests.map(([status, ...failureMessages], index) => ({
    fullName: `test ${index}`,
    status,
    failureMessages,
  }));
  return { testResults: [{ message, assertionResults }] };
}

describe('a test without the mistake', () => {
  it.each([
    ['is fit when it ran and is green', report('', ['pending'], ['passed']), undefined],
    ['is unfit when nothing ran', report('', ['pending']), 'no test has such a name'],
    [
      'is unfit when it is red',
      report('', ['failed', EXPECTED]),
      'fails without the mistake: test 0',
    ],
    [
      'is unfit when it does not load',
      report('  ● Test suite failed to run\n\n    Cannot find x\n'),
      'Cannot find x',
    ],
  ])('%s', (_, given, expected) => {
    expect(unfit(given)).toBe(expected);
  });
});

describe('a mutant', () => {
  it.each([
    ['all is green', 'survived', report('', ['pending'], ['passed'])],
    ['an expectation of jest fails', 'killed', report('', ['failed', `Error: ${EXPECTED}`])],
    ['one test of two fails', 'killed', report('', ['passed'], ['failed', EXPECTED])],
    [
      'an answer has another status',
      'killed',
      report('', ['failed', 'Error: expected 200 "OK", got 500']),
    ],
    [
      'what must come never does',
      'killed',
      report('', ['failed', 'Error: Waited 9 ms in vain: x']),
    ],
    [
      'a property has a counterexample',
      'killed',
      report('', ['failed', 'Error: Property failed after 3 tests']),
    ],
    [
      'an assertion of node fails',
      'killed',
      report('', ['failed', 'AssertionError [ERR_ASSERTION]: no']),
    ],
    ['the code throws', 'not judged', report('', ['failed', 'TypeError: x is not a function'])],
    ['the test hangs', 'not judged', report('', ['failed', 'Error: thrown: "Exceeded timeout'])],
    ['the file does not load', 'not judged', report('SyntaxError: Unexpected token')],
  ])('%s: %s', (_, end, given) => {
    expect(judge(given).end).toBe(end);
  });
});
