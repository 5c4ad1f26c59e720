import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Exchange } from '../../test/e2e/support/exchange';

const POLL_MS = 5;

/** Tasks as if created one by one: rows in Board, prices in Account. */
const TASKS = `
INSERT INTO tasks (id, title, created_by, price_cents, fee_cents, reward_cents,
  request_fingerprint, created_at)
SELECT id, 'Measure', $2, 3000, 1500, 3000, id, now() FROM unnest($1::uuid[]) AS id`;
const PRICES = `
INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
SELECT id, 1, 3000, 1500, 3000 FROM unnest($1::uuid[]) AS id`;

/** The product: every event passes Board's relay, two sidecars, Redis and Account. */
export class Product {
  private board!: Client;
  private account!: Client;
  private fees = 0;

  constructor(private readonly exchange: Exchange) {}

  /** Hires `people` and creates `tasks` open tasks. */
  async prepare(tasks: number, people: number): Promise<void> {
    const { databases } = this.exchange.stack;
    this.board = await connected(databases.administratorUrl('board'));
    this.account = await connected(databases.administratorUrl('account'));
    for (let index = 0; index < people; index += 1) await this.exchange.hire();
    const ids = Array.from({ length: tasks }, () => randomUUID());
    await this.account.query(PRICES, [ids]);
    await this.board.query(TASKS, [ids, this.exchange.admin.id]);
  }

  /** Deals every open task again; returns the ms from the answer to the last fee. */
  async run(): Promise<number> {
    await this.exchange.admin.logIn();
    const before = await this.lastPosition();
    const { body } = await this.exchange.admin.post('/distributions', { scope: 'open' });
    const startedAt = performance.now();
    const dealt = body.taskCount as number;
    this.fees += dealt;
    while ((await this.lastPosition()) < before + dealt) await sleep(POLL_MS);
    while ((await this.countFees()) < this.fees) await sleep(POLL_MS);
    return performance.now() - startedAt;
  }

  async close(): Promise<void> {
    await Promise.all([this.board.end(), this.account.end()]);
  }

  /** Ledger rows begun, from the sequence: a cheap query that does not slow the product. */
  private async lastPosition(): Promise<number> {
    const { rows } = await this.account.query<{ begun: string }>(
      'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS begun FROM transfers_position_seq',
    );
    return Number(rows[0]!.begun);
  }

  /** Committed fees. */
  private async countFees(): Promise<number> {
    const { rows } = await this.account.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM transfers WHERE kind = 'fee'`,
    );
    return rows[0]!.count;
  }
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}
