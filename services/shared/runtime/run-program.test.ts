import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** Runs a program with that main function. */
function run(main: string): { status: number | null; stderr: string } {
  const program = `
    const { runProgram } = require('./services/shared/runtime/run-program.ts');
    runProgram(${main});`;
  const args = ['--import', 'tsx', '--eval', program];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return { status, stderr };
}

describe('a program', () => {
  it.each([
    ['nothing', 'async () => undefined', 0],
    ['0', 'async () => 0', 0],
    ['2', 'async () => 2', 2],
    ['nothing, having set the exit code itself', 'async () => void (process.exitCode = 3)', 3],
  ])('that returns %s ends with its code', (_, main, status) => {
    expect(run(main)).toEqual({ status, stderr: '' });
  });

  it('that throws ends with 1, and says why, causes too', () => {
    const main = `async () => { throw new Error('not made', { cause: new Error('no server') }); }`;
    expect(run(main)).toEqual({ status: 1, stderr: 'not made\nno server\n' });
  });
});
