/**
 * `npm run bench:reconcile [-- events]`: how long comparing takes over many events of seven days, a
 * million by default, on the test server. A statement fills outbox and inbox with the same ids.
 */
import { taskAssigned } from '../services/shared/contracts/events/tasks';
import { query } from '../services/shared/db/data-source';
import { reconcileAllEvents, reconcileEvents } from '../services/shared/messaging/reconcile-events';
import { runProgram } from '../services/shared/runtime/run-program';
import { startTwo } from '../test/support/two-services';

const DEFAULT_EVENTS = 1_000_000;
const LOST = 3;
/** Rows of one statement: within the statement timeout. */
const SLICE = 100_000;
const MS_PER_SECOND = 1_000;
const MINUTE_MS = 60_000;
/** A minute short of what is kept. */
const SPAN_MS = 7 * 24 * 60 * MINUTE_MS - MINUTE_MS;

/** Ids of version 7 at equal distances before the moment `$2`, in ms since 1970. */
const IDS = `
SELECT (lpad(to_hex($2::bigint - ${SPAN_MS}::bigint * n / $1::bigint), 12, '0') || '7'
  || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 5, 15))::uuid AS id
FROM generate_series($3::bigint + 1, $3::bigint + ${SLICE}) AS n`;

const FILL_OUTBOX = `
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at)
SELECT id, 'tasks', '${taskAssigned.type}', 'x', $4, now(), now() FROM (${IDS}) AS ids`;

const FILL_INBOX = `
INSERT INTO inbox (consumer, event_id, received_at)
SELECT 'tester', id, now() - interval '1 minute' FROM (${IDS}) AS ids`;

const LOSE = `
DELETE FROM inbox WHERE event_id IN (SELECT event_id FROM inbox ORDER BY random() LIMIT ${LOST})`;

async function timed(what: string, run: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  const result = JSON.stringify(await run()) ?? 'done';
  const seconds = ((performance.now() - startedAt) / MS_PER_SECOND).toFixed(2);
  console.log(`${seconds.padStart(7)} s  ${what}: ${result}`);
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? DEFAULT_EVENTS);
  const two = await startTwo();
  const { desk, producers } = two;
  const [outbox, inbox] = [producers[0]!.app.database!, desk.database];
  const until = Date.now() - MINUTE_MS;
  const all = async (): Promise<number> => (await reconcileAllEvents(desk)).length;
  try {
    await timed('filled outbox and inbox', async () => {
      for (let filled = 0; filled < count; filled += SLICE) {
        await query(outbox, FILL_OUTBOX, [count, until, filled, taskAssigned.example]);
        await query(inbox, FILL_INBOX, [count, until, filled]);
      }
    });
    for (const database of [outbox, inbox]) await query(database, 'ANALYZE');
    await timed('compared everything, nothing is missing', all);
    await timed('the first round, over seven days', () => reconcileEvents(desk));
    await timed('the next round, over seconds', () => reconcileEvents(desk));
    await query(inbox, LOSE);
    await timed(`compared everything, ${LOST} are missing`, all);
    await two.relay();
    await timed('compared everything after they arrived', all);
  } finally {
    await two.stop();
  }
}

runProgram(main);
