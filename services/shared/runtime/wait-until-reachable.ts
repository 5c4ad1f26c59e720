import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { addressesToWaitFor, type Address } from '../config/env';
import { CONNECT_TIMEOUT_MS } from '../db/data-source';
import { createLogger } from '../observability/logger';

const POLL_MS = 500;

/** Logs in with role and database of the url: both may come after the server's first answer. */
async function logIn(url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'wait-until-reachable',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}

function connectOnce(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    socket.once('connect', resolve).once('error', reject);
    socket.once('timeout', () => reject(new Error('no answer')));
    socket.once('close', () => reject(new Error('closed')));
    for (const over of ['connect', 'timeout']) socket.once(over, () => socket.destroy());
  });
}

/** Returns why the address can't be used yet; null when it can. */
async function obstacle({ url }: Address): Promise<string | null> {
  try {
    if (url.protocol.startsWith('postgres')) await logIn(url.href);
    else await connectOnce(url.hostname, Number(url.port));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Waits without limit until all addresses are reachable; logs each new reason once. Runs as the
 * init container of a pod, which shows as `Init` meanwhile: daprd exits when its broker or store is
 * away, and its restarts have a growing backoff.
 */
async function main(): Promise<void> {
  // Process 1 of a container is not ended by a signal without a handler.
  process.once('SIGTERM', () => process.exit());
  const logger = createLogger('wait-until-reachable', 'info');
  for (const address of addressesToWaitFor()) {
    let said: string | null = null;
    for (;;) {
      const reason = await obstacle(address);
      if (reason === null) break;
      const { name, url } = address;
      if (reason !== said) logger.info({ name, host: url.host, reason }, 'waiting');
      said = reason;
      await sleep(POLL_MS);
    }
  }
}

void main();
