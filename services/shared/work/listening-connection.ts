import type pg from 'pg';
import { connectClient, createClient } from '../db/data-source';
import { isConnectionError } from '../db/errors';
import type { Logger } from '../observability/logger';

/** How long the server may take to end a connection that says goodbye. */
const GOODBYE_MS = 1_000;

/** What a `ListeningConnection` is made with. */
export interface ListeningOptions {
  /** Shown to operators in `pg_stat_activity`. */
  name: string;
  databaseUrl: string;
  channel: string;
  /** How long the server may take to answer a query before the connection counts as lost. */
  answerTimeoutMs: number;
  logger: Logger;
  hear: () => void;
}

/**
 * A connection of its own that LISTENs on one channel of PostgreSQL. Notifications are a hint that
 * makes things quick: while the connection is lost they are missed, so its owner also looks by
 * itself from time to time, and calls `client` or `check` regularly.
 */
export class ListeningConnection {
  private current: pg.Client | null = null;

  constructor(private readonly options: ListeningOptions) {}

  /** The connected client, for queries besides; connects when the connection is lost. */
  async client(): Promise<pg.Client> {
    return this.current ?? this.connect();
  }

  /**
   * Connects unless connected, else asks the server for an answer: a network that is half open
   * tells nobody that it is. Throws when there is no answer in time; the next call connects anew.
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
   * Closes the connection; the next call connects anew. A network that carries nothing never
   * answers the goodbye: the connection is cut then.
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
