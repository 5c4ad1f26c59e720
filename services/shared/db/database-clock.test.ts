import { agreedNow, compareClocks, isClockRight } from './database-clock';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const YEAR_MS = 365 * 86_400_000;
const nowhere = {} as Parameters<typeof compareClocks>[1];

/** Returns the clocks of a process that is `offMs` off and gets its answer after `waitsMs`. */
function clocksOff(offMs: number, waitsMs = 0): Parameters<typeof compareClocks>[0] {
  const told = [NOON + offMs, NOON + offMs + waitsMs];
  return { now: () => Promise.resolve(new Date(NOON)), clock: () => new Date(told.shift()!) };
}

describe('clocks', () => {
  it.each([
    [0, 0, 0],
    [5_000, 0, 5_000],
    [-5_000, 0, -5_000],
    [2 * YEAR_MS, 40, 2 * YEAR_MS],
    // A slow answer proves no offset.
    [0, 30_000, 0],
    [-30_000, 30_000, 0],
    [-30_000, 10_000, -20_000],
  ])('off by %d ms, an answer after %d ms: certainly ahead by %d ms', async (off, waits, ahead) => {
    const compared = await compareClocks(clocksOff(off, waits), nowhere);
    expect(compared).toEqual({ moment: new Date(NOON), aheadMs: ahead });
  });

  it.each([
    [0, true],
    [3_000, true],
    [3_001, false],
    [-3_000, true],
    [-3_001, false],
  ])('%d ms apart: right is %s', (aheadMs, isRight) => {
    expect(isClockRight(aheadMs)).toBe(isRight);
  });

  it.each([2 * YEAR_MS, -2 * YEAR_MS, 4_000, -4_000])('%d ms apart: no moment', async (off) => {
    const problem = { status: 503, id: 'clock-off' };
    await expect(agreedNow(clocksOff(off), nowhere)).rejects.toMatchObject(problem);
  });

  it("that agree within seconds: the moment is the database's", async () => {
    expect(await agreedNow(clocksOff(1_500), nowhere)).toEqual(new Date(NOON));
  });
});
