import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../tools/stack/folders';

/**
 * Every state of every table: `over` when nobody has to act, otherwise the gauge in an alert's
 * expression.
 */
const WATCHED: Readonly<Record<string, string>> = {
  'dead_letters.open': 'dead_letters',
  'dead_letters.replayed': 'over',
  'dead_letters.discarded': 'over',
  'due_letters.due': 'due_letters_oldest_seconds',
  'due_letters.sent': 'over',
  'due_letters.failed': 'due_letters{state="failed"}',
  // Letters that the previous version left there; the worker moves them to `due_letters`.
  'payout_letters.due': 'due_letters_oldest_seconds',
  'payout_letters.sent': 'over',
  'payout_letters.failed': 'due_letters{state="failed"}',
  'payouts.planned': 'payouts{state=~"planned|transferring|unknown"}',
  'payouts.transferring': 'payouts{state=~"planned|transferring|unknown"}',
  'payouts.unknown': 'payouts{state=~"planned|transferring|unknown"}',
  'payouts.paid': 'over',
  'payouts.failed': 'payouts{state="failed"}',
  'payouts.needs_review': 'payouts{state="needs_review"}',
  'payouts.cancelled': 'over',
  'payouts.returned': 'over',
  'bank_transfers.in_progress': 'bank_transfers_in_progress',
  'bank_transfers.succeeded': 'over',
  // Account reads the refusal and fails the payout.
  'bank_transfers.refused': 'over',
  'business_days.open': 'business_day_due_at',
  'business_days.closed': 'business_days_unproven',
  'users.inactive': 'registrations_without_account_oldest_seconds',
  'users.active': 'over',
  'users.deactivated': 'registrations_given_up',
  // A stale request becomes unclear within minutes and queues a letter; that queue is watched.
  'beak_shape_changes.asked': 'over',
  'beak_shape_changes.done': 'over',
  'beak_shape_changes.refused': 'over',
  'beak_shape_changes.unclear': 'over',
  // Work of people, not a queue of the product.
  'tasks.open': 'over',
  'tasks.finished': 'over',
  'tasks.cancelled': 'over',
};

/** Columns that mark pending rows in tables without a state, and their gauge. */
const MARKED: Readonly<Record<string, string>> = {
  'outbox.published_at': 'outbox_oldest_seconds',
  'bank_transfers.flagged_at': 'bank_transfers_flagged',
};

const TABLE = /CREATE TABLE (\w+) \(([\s\S]*?)\n\)/g;
const STATES = /\b(?:state|status)\b[^,]*?CHECK \((?:state|status) IN \(([^)]*)\)\)/;

function sources(): string[] {
  const services = join(ROOT, 'services');
  return readdirSync(services, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|testing\//.test(path))
    .map((path) => readFileSync(join(services, path), 'utf8'))
    .filter((text) => text.includes('CREATE TABLE'));
}

/** Every table of the migrations, with the text of its column list. */
const tables = sources().flatMap((text) =>
  [...text.matchAll(TABLE)].map(([, name, columns]) => ({ name: name!, columns: columns! })),
);
const states = tables.flatMap(({ name, columns }) => {
  const list = STATES.exec(columns)?.[1] ?? '';
  return [...list.matchAll(/'(\w+)'/g)].map(([, state]) => `${name}.${state!}`);
});

const { groups } = parse(
  readFileSync(join(ROOT, 'k8s/features/monitoring/alerts.yaml'), 'utf8'),
) as { groups: { rules: { alert: string; expr: string }[] }[] };
const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));

function isCompared(gauge: string): boolean {
  const begins = new RegExp(`(?<![\\w])${gauge.replace(/[{}|()]/g, '\\$&')}(?![\\w{])`);
  return expressions.some((expr) => begins.test(expr));
}

it('finds the tables and the states of the migrations', () => {
  expect(tables.length).toBeGreaterThan(20);
  for (const known of ['due_letters.failed', 'payouts.needs_review', 'dead_letters.open']) {
    expect(states).toContain(known);
  }
});

it('of every state of a table it is said whether somebody has to look', () => {
  expect(states.filter((state) => !(state in WATCHED))).toEqual([]);
});

it('nothing is said of states that are gone', () => {
  expect(Object.keys(WATCHED).filter((state) => !states.includes(state))).toEqual([]);
});

it('every mark is a column of its table', () => {
  const missing = Object.keys(MARKED).filter((mark) => {
    const [table, column] = mark.split('.');
    return !tables.some(({ name, columns }) => name === table && columns.includes(` ${column!} `));
  });
  expect(missing).toEqual([]);
});

it.each(Object.entries({ ...WATCHED, ...MARKED }).filter(([, gauge]) => gauge !== 'over'))(
  '%s raises an alert, by %s',
  (_, gauge) => {
    expect(isCompared(gauge)).toBe(true);
  },
);
