import { afterEach, expect, it, vi } from 'vitest';
import { createQueries } from './client';
import { Live } from './live';

/** Longer than hints are gathered, shorter than a refresh may last. */
const WHILE_MS = 1_000;
const TOO_LONG_MS = 6_000;

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

/** A list on screen whose reads are answered by the test. */
function watch() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const queries = createQueries();
  const live = new Live(queries);
  live.start();
  const answers: (() => void)[] = [];
  let cancelled = 0;
  const observed = queries.getQueryCache().build(queries, {
    queryKey: ['get', '/api/v1/tasks', {}],
    queryFn: ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => (cancelled += 1));
        answers.push(() => resolve(answers.length));
      }),
  });
  observed.setData(0);
  // Only what is on screen is fetched again.
  observed.isActive = () => true;
  const other = new BroadcastChannel('popug.live');
  let heard = 0;
  live.onHint(() => (heard += 1));
  stops.push(() => {
    live.stop();
    other.close();
  });
  return {
    answers,
    cancelled: () => cancelled,
    /** Returns when the hint of another tab was heard. */
    async hint() {
      const before = heard;
      other.postMessage({ kind: 'hint', hint: { topic: 'task' } });
      await vi.waitFor(() => expect(heard).toBe(before + 1));
    },
  };
}

it('hints during a refresh do not begin it anew; one more follows it', async () => {
  const { hint, answers, cancelled } = watch();
  await hint();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  await hint();
  await hint();
  await vi.advanceTimersByTimeAsync(WHILE_MS);
  expect(answers).toHaveLength(1);
  answers[0]!();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(cancelled()).toBe(0);
});

it('a refresh that lasts too long holds up no other', async () => {
  const { hint, answers, cancelled } = watch();
  await hint();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  await hint();
  await vi.advanceTimersByTimeAsync(TOO_LONG_MS);
  expect(answers).toHaveLength(2);
  expect(cancelled()).toBe(1);
});
