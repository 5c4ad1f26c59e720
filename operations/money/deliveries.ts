import type { MoneyDatabase, ReadOnly } from './read-only';

/** Publisher and subscribers of each topic: every subscriber must receive every event. */
const ROUTES: readonly { topic: string; from: MoneyDatabase; to: readonly MoneyDatabase[] }[] = [
  { topic: 'users', from: 'user', to: ['account', 'auth'] },
  { topic: 'accounts', from: 'account', to: ['user'] },
  { topic: 'tasks', from: 'board', to: ['account'] },
];

/** Event types that a consumer acknowledges without an inbox row, because it does not use them. */
const NOT_USED: Readonly<Record<string, readonly string[]>> = {
  account: [],
  auth: [],
  user: [],
};

interface Published {
  id: string;
  type: string;
}

/** Published events that are neither in a subscriber's inbox nor in its dead letters. */
export async function missingDeliveries(read: ReadOnly): Promise<string[]> {
  const missing: string[] = [];
  for (const { topic, from, to } of ROUTES) {
    const published = await read<Published>(
      from,
      `SELECT id, type FROM outbox WHERE topic = '${topic}' AND published_at IS NOT NULL`,
    );
    for (const consumer of to) {
      const received = await read<{ event_id: string }>(
        consumer,
        `SELECT event_id FROM inbox WHERE consumer = '${consumer}'
         UNION SELECT event_id FROM dead_letters WHERE event_id IS NOT NULL`,
      );
      const ids = new Set(received.map((row) => row.event_id));
      const unused = NOT_USED[consumer] ?? [];
      const lost = published.filter(({ id, type }) => !ids.has(id) && !unused.includes(type));
      missing.push(...lost.map(({ id, type }) => `${type} ${id} never reached ${consumer}`));
    }
  }
  return missing;
}
