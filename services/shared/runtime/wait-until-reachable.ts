import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { addressesToWaitFor, type Address } from '../config/env';
import { CONNECT_TIMEOUT_MS } from '../db/data-source';
import { createLogger } from '../observability/logger';

const POLL_MS = 500;

/** Whether our role can log in to our database: that is later than the server's first answer. */
async function canLogIn(url: string): Promise<boolean> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'wait-until-reachable',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const finish = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', finish(true));
    socket.once('error', finish(false));
    socket.once('timeout', finish(false));
  });
}

function isReachable({ url }: Address): Promise<boolean> {
  if (url.protocol.startsWith('postgres')) return canLogIn(url.href);
  return isListening(url.hostname, Number(url.port));
}

/**
 * Runs before the containers of a pod: daprd ends when its broker or store is not there yet, and
 * then comes back later and later. Waits without limit; a pod that waits shows as `Init`.
 */
async function main(): Promise<void> {
  const logger = createLogger('wait-until-reachable', 'info');
  for (const address of addressesToWaitFor()) {
    if (await isReachable(address)) continue;
    logger.info({ name: address.name, host: address.url.host }, 'waiting');
    while (!(await isReachable(address))) await sleep(POLL_MS);
  }
}

void main();
