import type pg from 'pg';
import { connectClient, createClient } from '../db/data-source';
import { isConnectionError } from '../db/errors';
import type { Logger } from '../observability/logger';

/** Timeout for the server to close a connection, in milliseconds. */
const GOODBYE_MS = 1_000;

/** Options of a `ListeningConnection`. */
export interface ListeningOptions {
  /** Application name in `pg_stat_activity`. */
  name: string;
  databaseUrl: string;
  channel: string;
  /** Timeout of a query, in milliseconds; the connection then counts as lost. */
  answerTimeoutMs: number;
  logger: Logger;
  hear: () => void;
}

/**
 * Dedicated connection that LISTENs on one channel of PostgreSQL. Notifications are missed while
 * the connection is lost, so its owner must also poll, and call `client` or `check` regularly.
 */
export class ListeningConnection {
  private current: pg.Client | null = null;

  constructor(private readonly options: ListeningOptions) {}

  /** Returns the connected client, for other queries; reconnects when the connection is lost. */
  async client(): Promise<pg.Client> {
    return this.current ?? this.connect();
  }

  /**
   * Connects, or sends a query to detect a half-open connection. Throws when the server does not
   * answer before the timeout; the next call reconnects.
   */
  async check(): Promise<void> {
    const client = await this.client();
    try {
      await client.query('SELECT 1');
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * Closes the connection; the next call reconnects. A half-open connection is cut after a timeout.
   */
  async close(): Promise<void> {
    const client = this.current;
    this.current = null;
    if (!client) return;
    const cut = setTimeout(() => client.connection.stream.destroy(), GOODBYE_MS);
    try {
      await client.end();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
    } finally {
      clearTimeout(cut);
    }
  }

  private async connect(): Promise<pg.Client> {
    const { name, databaseUrl, channel, answerTimeoutMs, logger, hear } = this.options;
    const client = createClient({ name, url: databaseUrl, answerTimeoutMs });
    client.on('notification', hear);
    client.on('error', (error) => {
      logger.warn({ err: error, channel }, 'listening: connection lost');
      if (this.current === client) this.current = null;
    });
    await connectClient(client);
    this.current = client;
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`).catch(async (error) => {
      await this.close();
      throw error;
    });
    return client;
  }
}
