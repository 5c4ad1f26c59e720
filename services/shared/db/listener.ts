import type pg from 'pg';
import type { Logger } from '../observability/logger';
import { CONNECT_TIMEOUT_MS, connectClient, createClient } from './data-source';
import { isConnectionError } from './errors';

/**
 * Hears PostgreSQL's notifications on one channel, over a connection of its own. They are a
 * hint that makes things quick: while the connection is lost they are missed, so whoever
 * listens also looks by itself from time to time.
 */
export class Listener {
  private client: pg.Client | null = null;

  constructor(
    private readonly options: {
      /** Shown to operators in `pg_stat_activity`. */
      name: string;
      databaseUrl: string;
      channel: string;
      logger: Logger;
      hear: () => void;
    },
  ) {}

  /** Connects unless connected; to be called again and again. */
  async listen(): Promise<void> {
    if (this.client) return;
    const { name, databaseUrl, channel, logger, hear } = this.options;
    const client = createClient({ name, url: databaseUrl, answerTimeoutMs: CONNECT_TIMEOUT_MS });
    client.on('notification', hear);
    client.on('error', (error) => {
      logger.warn({ err: error, channel }, 'listening: connection lost');
      if (this.client === client) this.client = null;
    });
    await connectClient(client);
    this.client = client;
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`).catch(async (error) => {
      await this.close();
      throw error;
    });
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    await client?.end().catch((error: unknown) => {
      if (!isConnectionError(error)) throw error;
    });
  }
}
