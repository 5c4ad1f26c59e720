import { randomBytes, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { Client } from 'pg';

const CLAIM = 500;
const READ = 100;
const GROUP = 'floor';

const SCHEMA = `
CREATE TABLE outbox (id uuid PRIMARY KEY, data jsonb NOT NULL, published_at timestamptz);
CREATE INDEX outbox_pending ON outbox (id) WHERE published_at IS NULL;
CREATE TABLE prices (task_id uuid PRIMARY KEY, fee_cents bigint NOT NULL);
CREATE TABLE accounts (id uuid PRIMARY KEY, user_id uuid UNIQUE NOT NULL);
CREATE TABLE business_days (day date PRIMARY KEY, cut_off_at timestamptz, state text NOT NULL);
INSERT INTO business_days VALUES (current_date, now() + interval '1 day', 'open');
CREATE TABLE inbox (consumer text, event_id uuid, PRIMARY KEY (consumer, event_id));
CREATE TABLE transfers (
  position bigint GENERATED ALWAYS AS IDENTITY,
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  debit_account_id uuid NOT NULL,
  credit_account_id uuid NOT NULL,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  business_day date NOT NULL,
  task_id uuid NOT NULL,
  assignment_number integer NOT NULL,
  event_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  posted_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (task_id, assignment_number)
)`;

const CLAIM_SQL = `
SELECT id, data FROM outbox WHERE published_at IS NULL
ORDER BY id LIMIT ${CLAIM} FOR UPDATE SKIP LOCKED`;

/** The closing's lock comes first, in its own statement: a fee must not join a day being closed. */
const LOCK_SQL = 'SELECT pg_advisory_xact_lock_shared(1)';

const APPLY_SQL = `
WITH fresh AS (
  INSERT INTO inbox (consumer, event_id)
  SELECT 'floor', event_id FROM unnest($1::uuid[]) AS event_id ORDER BY 1, 2
  ON CONFLICT DO NOTHING RETURNING event_id)
INSERT INTO transfers (debit_account_id, credit_account_id, amount_cents, business_day,
  task_id, assignment_number, event_id, occurred_at)
SELECT accounts.id, '00000000-0000-7000-8000-000000000001', fee_cents,
  (SELECT min(day) FROM business_days WHERE state = 'open' AND cut_off_at > event.occurred_at),
  task_id, number, event_id, event.occurred_at
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::timestamptz[])
  AS event (event_id, task_id, user_id, number, occurred_at)
JOIN fresh USING (event_id) JOIN prices USING (task_id) JOIN accounts USING (user_id)
ON CONFLICT DO NOTHING`;

interface Assigned {
  taskId: string;
  userId: string;
  number: number;
  assignedAt: string;
}

/**
 * Lower bound: the least work that is still correct, with raw `pg` and Redis and no services.
 * Outbox rows are claimed with locks, published by one pipeline of XADD and marked; a consumer
 * group reads in batches, writes inbox and ledger rows (account, price, business day) in one
 * statement under the closing's lock, then sends XACK. Both loops run concurrently in this process.
 */
export class Floor {
  private readonly stream = `floor-${randomBytes(4).toString('hex')}`;
  private readonly database = `bench_${randomBytes(4).toString('hex')}`;
  private readonly clients: Client[] = [];
  private readonly redis: Redis[] = [];
  private taskIds: string[] = [];
  private userIds: string[] = [];
  private round = 0;

  constructor(
    private readonly adminUrl: string,
    private readonly redisUrl: string,
  ) {}

  /** Creates its database, with prices for `tasks` tasks and accounts for `people` people. */
  async prepare(tasks: number, people: number): Promise<void> {
    const admin = await this.connect(this.adminUrl);
    await admin.query(`CREATE DATABASE ${this.database}`);
    const client = await this.connect(this.url());
    await client.query(SCHEMA);
    this.taskIds = Array.from({ length: tasks }, () => randomUUID());
    this.userIds = Array.from({ length: people }, () => randomUUID());
    await client.query('INSERT INTO prices SELECT unnest($1::uuid[]), 1500', [this.taskIds]);
    await client.query('INSERT INTO accounts SELECT gen_random_uuid(), unnest($1::uuid[])', [
      this.userIds,
    ]);
    const redis = this.openRedis();
    await redis.xgroup('CREATE', this.stream, GROUP, '0', 'MKSTREAM');
  }

  /** Deals every task once; returns the ms from the commit to the last ledger row. */
  async run(): Promise<number> {
    this.round += 1;
    const [writer, relay, reader] = await Promise.all([
      this.connect(this.url()),
      this.connect(this.url()),
      this.connect(this.url()),
    ]);
    const events = this.taskIds.map((taskId) => this.assign(taskId));
    await writer.query(
      'INSERT INTO outbox (id, data) SELECT * FROM unnest($1::uuid[], $2::jsonb[])',
      [events.map(() => randomUUID()), events.map((event) => JSON.stringify(event))],
    );
    const startedAt = performance.now();
    await Promise.all([this.publishAll(relay), this.applyAll(reader, events.length)]);
    const elapsedMs = performance.now() - startedAt;
    const { rows } = await writer.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM transfers WHERE assignment_number = $1',
      [this.round],
    );
    if (rows[0]!.count !== events.length) throw new Error('The floor lost an event');
    return elapsedMs;
  }

  /** Drops the database and the stream. */
  async drop(): Promise<void> {
    await this.redis[0]?.del(this.stream);
    await Promise.all(this.redis.map((redis) => redis.quit()));
    const [admin, ...others] = this.clients;
    await Promise.all(others.map((client) => client.end()));
    await admin?.query(`DROP DATABASE ${this.database} WITH (FORCE)`);
    await admin?.end();
  }

  private assign(taskId: string): Assigned {
    const userId = this.userIds[Math.floor(Math.random() * this.userIds.length)]!;
    return { taskId, userId, number: this.round, assignedAt: new Date().toISOString() };
  }

  private async publishAll(client: Client): Promise<void> {
    const redis = this.openRedis();
    for (;;) {
      await client.query('BEGIN');
      const { rows } = await client.query<{ id: string; data: Assigned }>(CLAIM_SQL);
      const pipeline = redis.pipeline();
      for (const { id, data } of rows) {
        pipeline.xadd(this.stream, '*', 'id', id, 'data', JSON.stringify(data));
      }
      await pipeline.exec();
      const ids = rows.map((row) => row.id);
      await client.query('UPDATE outbox SET published_at = now() WHERE id = ANY($1::uuid[])', [
        ids,
      ]);
      await client.query('COMMIT');
      if (rows.length < CLAIM) return;
    }
  }

  private async applyAll(client: Client, count: number): Promise<void> {
    const redis = this.openRedis();
    for (let applied = 0; applied < count;) {
      const batch = (await redis.xreadgroup(
        'GROUP',
        GROUP,
        'c',
        'COUNT',
        READ,
        'BLOCK',
        1_000,
        'STREAMS',
        this.stream,
        '>',
      )) as [string, [string, string[]][]][] | null;
      const entries = batch?.[0]?.[1] ?? [];
      if (entries.length === 0) continue;
      const events = entries.map(([, fields]) => ({
        id: fields[1]!,
        data: JSON.parse(fields[3]!) as Assigned,
      }));
      await client.query('BEGIN');
      await client.query(LOCK_SQL);
      await client.query(APPLY_SQL, [
        events.map(({ id }) => id),
        events.map(({ data }) => data.taskId),
        events.map(({ data }) => data.userId),
        events.map(({ data }) => data.number),
        events.map(({ data }) => data.assignedAt),
      ]);
      await client.query('COMMIT');
      await redis.xack(this.stream, GROUP, ...entries.map(([entryId]) => entryId));
      applied += entries.length;
    }
  }

  private url(): string {
    const url = new URL(this.adminUrl);
    url.pathname = `/${this.database}`;
    return url.href;
  }

  private async connect(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    await client.connect();
    this.clients.push(client);
    return client;
  }

  private openRedis(): Redis {
    const redis = new Redis(this.redisUrl);
    this.redis.push(redis);
    return redis;
  }
}
