import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Histogram buckets in seconds: from a cached read to the statement timeout. */
const LATENCY_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];

/** Metrics of every service. Dashboards and alerts use their Prometheus names. */
export interface Metrics {
  registry: Registry;
  httpRequests: Histogram<'method' | 'route' | 'status'>;
  eventsHandled: Counter<'consumer' | 'type' | 'outcome'>;
  inboxDuplicates: Counter<'consumer'>;
  eventsPublished: Counter<'topic'>;
  outboxPending: Gauge;
  outboxOldestSeconds: Gauge;
  deadLetters: Gauge;
  clockOffsetSeconds: Gauge;
  reconciliationMissing: Gauge<'name'>;
  reconciliationFound: Gauge<'name'>;
  reconciliationLastSuccess: Gauge<'name'>;
}

/** Creates a registry with the metrics of every service, labelled with `service`. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const common = { registers: [registry] };
  return {
    registry,
    httpRequests: new Histogram({
      ...common,
      name: 'http_request_duration_seconds',
      help: 'Requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: LATENCY_BUCKETS,
    }),
    eventsHandled: new Counter({
      ...common,
      name: 'events_handled_total',
      help: 'Deliveries by what became of them',
      labelNames: ['consumer', 'type', 'outcome'],
    }),
    inboxDuplicates: new Counter({
      ...common,
      name: 'inbox_duplicates_total',
      help: 'Events that came again and did nothing',
      labelNames: ['consumer'],
    }),
    eventsPublished: new Counter({
      ...common,
      name: 'events_published_total',
      help: 'Events handed to the broker',
      labelNames: ['topic'],
    }),
    outboxPending: new Gauge({
      ...common,
      name: 'outbox_pending',
      help: 'Events written and not yet published',
    }),
    outboxOldestSeconds: new Gauge({
      ...common,
      name: 'outbox_oldest_seconds',
      help: 'Age of the oldest event not yet published',
    }),
    deadLetters: new Gauge({
      ...common,
      name: 'dead_letters',
      help: 'Events put aside and waiting for somebody',
    }),
    clockOffsetSeconds: new Gauge({
      ...common,
      name: 'clock_offset_seconds',
      help: "How far this process's clock is ahead of the database's",
    }),
    ...reconciliationMetrics(registry),
  };
}

type ReconciliationMetrics = Pick<
  Metrics,
  'reconciliationMissing' | 'reconciliationFound' | 'reconciliationLastSuccess'
>;

/** Replicas read the same table, so all of them show the same numbers. */
function reconciliationMetrics(registry: Registry): ReconciliationMetrics {
  const common = { registers: [registry], labelNames: ['name'] as const };
  return {
    reconciliationMissing: new Gauge({
      ...common,
      name: 'reconciliation_missing',
      help: 'What one side of a comparison lacks now',
    }),
    reconciliationFound: new Gauge({
      ...common,
      name: 'reconciliation_found',
      help: 'Events found missing since the database was made; most arrive when sent again',
    }),
    reconciliationLastSuccess: new Gauge({
      ...common,
      name: 'reconciliation_last_success_seconds',
      help: 'When the comparison last came to an end, seconds since 1970',
    }),
  };
}
