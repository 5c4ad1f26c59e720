import { Gauge, type Registry } from 'prom-client';
import { query, type Database } from '../../db/data-source';
import type { Job } from '../jobs';

const EVERY_MS = 30_000;

/** Counts waiting and given-up letters, and the age of the oldest waiting one. */
export const MEASURE_LETTERS = `
SELECT count(*) FILTER (WHERE state = 'due')::integer AS due,
  count(*) FILTER (WHERE state = 'failed')::integer AS failed,
  coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE state = 'due')), 0)::float8
    AS "oldestSeconds"
FROM due_letters WHERE state <> 'sent'`;

interface Measured {
  due: number;
  failed: number;
  oldestSeconds: number;
}

/** Creates the job that sets the gauges of the queue of letters. */
export function measureLettersJob(database: Database, registry: Registry): Job {
  const registers = [registry];
  const letters = new Gauge({
    name: 'due_letters',
    help: 'Letters that wait to be sent (due) or were given up (failed)',
    labelNames: ['state'],
    registers,
  });
  const oldest = new Gauge({
    name: 'due_letters_oldest_seconds',
    help: 'How long the oldest letter has been due',
    registers,
  });
  return {
    name: 'measure-letters',
    everyMs: EVERY_MS,
    async run() {
      const [row] = await query<Measured>(database, MEASURE_LETTERS);
      letters.set({ state: 'due' }, row!.due);
      letters.set({ state: 'failed' }, row!.failed);
      oldest.set(Math.max(row!.oldestSeconds, 0));
    },
  };
}
