/**
 * `npm run mutants [-- names]`: mutation tests. Plants each mutant (a patch beside this file) in a
 * copy of the repository and requires its test to fail. To add one: CONTRIBUTING.md.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ThrowawayCopy } from './copy';
import { allMutants, namePattern, type Mutant } from './patches';
import { judge, unfit, type JestReport, type Verdict } from './verdict';
import { runProgram } from '../../services/shared/runtime/run-program';

const JEST = join('node_modules', 'jest', 'bin', 'jest.js');
/** A mutant may make a test run forever. */
const TEST_TIMEOUT_MS = 600_000;
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;
const MS_PER_SECOND = 1_000;
const SIGNS = { killed: '✓', survived: '✗', 'not judged': '?' } as const;

/** Runs a mutant's test in a folder. Throws when jest left no report or was stopped. */
async function runTest(folder: string, mutant: Mutant, stop: AbortSignal): Promise<JestReport> {
  const reports = await mkdtemp(join(tmpdir(), 'mutants-'));
  const outputFile = join(reports, 'report.json');
  const args = [JEST, '--ci', '--runInBand', '--json', '--outputFile', outputFile];
  args.push('--testNamePattern', namePattern(mutant.words), '--runTestsByPath', mutant.testFile);
  const options = { cwd: folder, signal: stop, timeout: TEST_TIMEOUT_MS };
  try {
    // jest's exit code is ignored: the report says more.
    await new Promise<void>((resolve) => {
      const limits = { ...options, maxBuffer: OUTPUT_LIMIT_BYTES };
      execFile(process.execPath, args, limits, () => resolve());
    });
    stop.throwIfAborted();
    return JSON.parse(await readFile(outputFile, 'utf8')) as JestReport;
  } finally {
    await rm(reports, { recursive: true });
  }
}

type Run = (mutant: Mutant) => Promise<JestReport>;

/** Judges one mutant; `not judged` when the test fails without the mutant. */
async function tryMutant(copy: ThrowawayCopy, mutant: Mutant, run: Run): Promise<Verdict> {
  const fault = unfit(await run(mutant));
  if (fault !== undefined) return { end: 'not judged', because: fault };
  return judge(await copy.patched(mutant.file, () => run(mutant)));
}

/** The mutants with these names, or all. Throws for an unknown name. */
function chosen(names: readonly string[]): Mutant[] {
  const mutants = allMutants();
  const unknown = names.filter((name) => !mutants.some((mutant) => mutant.name === name));
  if (unknown.length > 0) throw new Error(`There is no mutant ${unknown.join(', ')}`);
  return names.length === 0 ? mutants : mutants.filter(({ name }) => names.includes(name));
}

async function main(): Promise<number> {
  const mutants = chosen(process.argv.slice(2));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const ends: Verdict['end'][] = [];
  await ThrowawayCopy.with(async (copy) => {
    for (const mutant of mutants) {
      const startedAt = Date.now();
      const run: Run = (each) => runTest(copy.folder, each, stop.signal);
      const { end, because } = await tryMutant(copy, mutant, run).catch((error: Error): Verdict => {
        stop.signal.throwIfAborted();
        return { end: 'not judged', because: error.message };
      });
      const seconds = ((Date.now() - startedAt) / MS_PER_SECOND).toFixed(1);
      process.stdout.write(`${SIGNS[end]} ${mutant.name} ${end} (${seconds} s): ${because}\n`);
      if (end !== 'killed') process.stdout.write(`    ${mutant.mistake}\n`);
      ends.push(end);
    }
  });
  const count = (end: Verdict['end']): string => `${ends.filter((e) => e === end).length} ${end}`;
  process.stdout.write(`${count('killed')}, ${count('survived')}, ${count('not judged')}\n`);
  return ends.every((end) => end === 'killed') ? 0 : 1;
}

runProgram(main);
