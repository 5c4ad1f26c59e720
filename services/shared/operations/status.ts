import type { Registry } from 'prom-client';
import type { ReconciliationResult, ServiceStatus } from '../contracts/calls/operations';
import { query, type Database } from '../db/data-source';
import { compareClocks, serviceClocks } from '../db/database-clock';
import { MEASURE_LETTERS } from '../work/letters/measure-letters';
import { attentionOf } from './attention';

/** Where a service's status comes from; what it has not is left out. */
export interface StatusSources {
  service: string;
  database?: Database;
  /** The database has an outbox and dead letters. */
  hasMessages?: boolean;
  hasLetters?: boolean;
  invariants?(): Promise<ServiceStatus['invariants']>;
  payouts?(): Promise<Record<string, number>>;
  bankTransfers?(): Promise<{ inProgress: number; flagged: number }>;
  reconciliations?(): Promise<ReconciliationResult[]>;
}

const MESSAGES = `
SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL)::integer AS pending,
  (SELECT coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float8
     FROM outbox WHERE published_at IS NULL) AS "oldestSeconds",
  (SELECT count(*) FROM dead_letters WHERE state = 'open')::integer AS open`;

interface Messages {
  pending: number;
  oldestSeconds: number;
  open: number;
}

interface Letters {
  due: number;
  failed: number;
  oldestSeconds: number;
}

async function rowIf<Row>(database: Database | undefined, sql: string): Promise<Row | null> {
  if (!database) return null;
  const [row] = await query<Row>(database, sql);
  return row!;
}

/** Reads the status of this service now. Throws 503 when the database is away. */
export async function readStatus(sources: StatusSources): Promise<ServiceStatus> {
  const { service, database, hasMessages, hasLetters } = sources;
  const messages = await rowIf<Messages>(hasMessages ? database : undefined, MESSAGES);
  const letters = await rowIf<Letters>(hasLetters ? database : undefined, MEASURE_LETTERS);
  const clock = database ? await compareClocks(serviceClocks, database) : null;
  const status = {
    service,
    clockOffsetMs: clock?.aheadMs ?? null,
    outbox: messages && {
      pending: messages.pending,
      oldestSeconds: Math.max(messages.oldestSeconds, 0),
    },
    deadLetters: messages && { open: messages.open },
    letters: letters && {
      due: letters.due,
      oldestSeconds: Math.max(letters.oldestSeconds, 0),
      givenUp: letters.failed,
    },
    invariants: (await sources.invariants?.()) ?? [],
    payouts: (await sources.payouts?.()) ?? null,
    bankTransfers: (await sources.bankTransfers?.()) ?? null,
    reconciliations: (await sources.reconciliations?.()) ?? [],
  };
  return { ...status, attention: attentionOf(status, new Date()) };
}

const MS_PER_SECOND = 1_000;

interface Value {
  labels: Partial<Record<string, string | number>>;
  value: number;
}

async function valuesOf(registry: Registry, name: string): Promise<Map<string, number>> {
  const metric = await registry.getSingleMetric(name)?.get();
  const values = (metric?.values ?? []) as Value[];
  return new Map(values.map(({ labels, value }) => [String(labels['name']), value]));
}

/**
 * Returns the invariants as this process last checked them, from the gauges of the check: a check
 * that failed has no number of faults.
 */
export async function measuredInvariants(registry: Registry): Promise<ServiceStatus['invariants']> {
  const faults = await valuesOf(registry, 'money_invariant_violations');
  const proven = await valuesOf(registry, 'money_invariant_proven_at');
  return [...faults].map(([name, found]) => {
    const provenAt = proven.get(name);
    return {
      name,
      faults: Number.isNaN(found) ? null : found,
      provenAt: provenAt === undefined ? null : new Date(provenAt * MS_PER_SECOND).toISOString(),
    };
  });
}
