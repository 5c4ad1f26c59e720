interface TestResult {
  fullName: string;
  status: string;
  failureMessages: string[] | null;
}

/** The part of jest's report (`--json`) that a verdict needs. */
export interface JestReport {
  testResults: { message: string; assertionResults: TestResult[] }[];
}

/** Verdict on a mutant; only `killed` is good. */
export interface Verdict {
  end: 'killed' | 'survived' | 'not judged';
  because: string;
}

/** Beginnings of failed expectations: jest, node, supertest, fast-check and our `eventually`. */
const FAILED_EXPECTATION =
  /^(\w*Error: )?(expect\(|expected |Waited \d+ ms in vain|Property failed)|^AssertionError/;
const COLOURS = /\u001b\[\d+m/g;
const HEADING = '● Test suite failed to run';

function firstLine(text: string): string {
  const lines = text.replace(COLOURS, '').replace(HEADING, '').trim().split('\n');
  return lines[0] ?? '';
}

const notJudged = (because: string): Verdict => ({ end: 'not judged', because });

/** The tests that ran; tests that do not match the pattern are `pending`. */
function ran(report: JestReport): TestResult[] {
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return results.filter(({ status }) => status === 'passed' || status === 'failed');
}

/** Why the test can't judge: it does not run, or fails without the mutant. Else undefined. */
export function unfit(report: JestReport): string | undefined {
  const tests = ran(report);
  const red = tests.find(({ status }) => status === 'failed');
  if (red) return `fails without the mistake: ${red.fullName}`;
  if (tests.length > 0) return undefined;
  return firstLine(report.testResults[0]?.message ?? '') || 'no test has such a name';
}

/**
 * Judges a mutant by its test's report. Killed means that an expectation failed: a file that does
 * not load, or another error, proves nothing.
 */
export function judge(report: JestReport): Verdict {
  const tests = ran(report);
  if (tests.length === 0) {
    return notJudged(`did not start: ${firstLine(report.testResults[0]?.message ?? '')}`);
  }
  const red = tests.filter(({ status }) => status === 'failed');
  if (red.length === 0) return { end: 'survived', because: 'all is green' };
  const messages = (test: TestResult): string[] => (test.failureMessages ?? []).map(firstLine);
  const killer = red.find((test) => messages(test).some((line) => FAILED_EXPECTATION.test(line)));
  if (killer) return { end: 'killed', because: killer.fullName };
  return notJudged(`no expectation failed, but: ${messages(red[0]!).join('; ')}`);
}
