import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { addressesToWaitFor, type Address } from '../config/env';
import { CONNECT_TIMEOUT_MS } from '../db/data-source';
import { createLogger } from '../observability/logger';

const POLL_MS = 500;

/** Logs in as our role to our database: that works later than the server's first answer. */
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

/** Why it can't be used yet; null when it can. */
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
 * Runs before the containers of a pod: daprd ends when its broker or store is not there yet, and
 * then comes back later and later. Waits without limit, and says why, each reason once; a pod that
 * waits shows as `Init`.
 */
async function main(): Promise<void> {
  // The first process of a container is not ended by a signal that it does not handle.
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
