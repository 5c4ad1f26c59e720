import { createLogger } from '../observability/logger';
import { SingleRun } from './single-run';

const logger = createLogger('test', 'silent');

/** Creates a run that lasts until it is released. */
function heldRun(): { runs: SingleRun; begun: () => number; release: () => void } {
  let begun = 0;
  let release = (): void => undefined;
  const runs = new SingleRun('held', logger, async () => {
    begun += 1;
    await new Promise<void>((resolve) => (release = resolve));
  });
  return { runs, begun: () => begun, release: () => release() };
}

describe('SingleRun', () => {
  it('set off ten times while it runs: looks again once', async () => {
    const { runs, begun, release } = heldRun();
    for (let time = 0; time < 11; time++) runs.fire();
    expect(begun()).toBe(1);
    release();
    await new Promise(setImmediate);
    expect(begun()).toBe(2);
    release();
    await runs.settled();
    expect(begun()).toBe(2);
  });

  it('set off after a run that failed: runs', async () => {
    let begun = 0;
    const runs = new SingleRun('failing', logger, () => {
      begun += 1;
      return Promise.reject(new Error('the database is away'));
    });
    runs.fire();
    await runs.settled();
    runs.fire();
    await runs.settled();
    expect(begun).toBe(2);
  });

  it('stopped: waits for the run under way and begins no other', async () => {
    const { runs, begun, release } = heldRun();
    runs.fire();
    runs.fire();
    const stopped = runs.stop();
    expect(runs.isStopping).toBe(true);
    release();
    await stopped;
    runs.fire();
    expect(begun()).toBe(1);
  });
});
