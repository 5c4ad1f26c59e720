import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../shared/db/data-source';
import type { Job } from '../../shared/work/jobs';
import { measureRegistrations } from '../queries/registration-measures';

const EVERY_MS = 30_000;

/** Updates the gauges of given-up and waiting registrations. */
export function measureRegistrationsJob(database: Database, registry: Registry): Job {
  const registers = [registry];
  const givenUp = new Gauge({
    name: 'registrations_given_up',
    help: 'Registrations given up within the last day, for lack of a beak shape or of consent',
    registers,
  });
  const oldest = new Gauge({
    name: 'registrations_without_account_oldest_seconds',
    help: 'How long the oldest registration has been waiting for its account',
    registers,
  });
  return {
    name: 'measure-registrations',
    everyMs: EVERY_MS,
    async run() {
      const measured = await measureRegistrations(database);
      givenUp.set(measured.givenUp);
      oldest.set(measured.oldestWithoutAccountSeconds);
    },
  };
}
