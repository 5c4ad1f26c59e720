import { lookup } from 'node:dns/promises';
import { Agent, request } from 'undici';
import type { Logger } from '../../shared/observability/logger';
import type { TimedEvent } from './hint-delivery';

/** Path at which replicas take hints from each other, on the sidecar's port. */
export const PEER_PATH = '/peer-hints';

/** Validity of resolved addresses, in ms: pods come and go. */
const RESOLVED_MS = 5_000;
/** Timeout of handing one event to one replica. */
const TIMEOUT_MS = 1_000;
const OK = 200;

export interface PeerOptions {
  /** `host:port` of replicas; a name stands for all of its addresses. */
  names: readonly string[];
  /** The token that sidecars send to the gateway: the replicas share it. */
  token: string;
  logger: Logger;
}

/**
 * Other replicas of the gateway. The broker delivers each event to one replica only, which hands it
 * on: a consumer group for each pod would replay a week of events and would never be removed. This
 * replica is among the addresses too; it knows the event already.
 */
export class Peers {
  private readonly agent = new Agent({ connections: 4, pipelining: 1 });
  private resolved: { addresses: string[]; untilMs: number } = { addresses: [], untilMs: 0 };

  constructor(private readonly options: PeerOptions) {}

  /** Hands events on to every replica; one that does not answer misses them. Never throws. */
  async handOn(events: readonly TimedEvent[]): Promise<void> {
    if (this.options.names.length === 0 || events.length === 0) return;
    const addresses = await this.addresses();
    await Promise.all(addresses.map((address) => this.handTo(address, events)));
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await this.agent.close();
  }

  private async handTo(address: string, events: readonly TimedEvent[]): Promise<void> {
    try {
      for (const event of events) await this.send(address, event);
    } catch (error) {
      this.options.logger.warn({ err: error, address }, 'a replica missed live hints');
    }
  }

  private async send(address: string, event: TimedEvent): Promise<void> {
    const { statusCode, body } = await request(`http://${address}${PEER_PATH}`, {
      method: 'POST',
      dispatcher: this.agent,
      headers: {
        'content-type': 'application/json',
        'dapr-api-token': this.options.token,
        'dapr-caller-app-id': 'gateway',
      },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await body.dump();
    if (statusCode !== OK) throw new Error(`${address} answered ${statusCode}`);
  }

  private async addresses(): Promise<string[]> {
    if (this.resolved.untilMs > Date.now()) return this.resolved.addresses;
    const found = await Promise.all(this.options.names.map((name) => this.resolve(name)));
    this.resolved = { addresses: found.flat(), untilMs: Date.now() + RESOLVED_MS };
    return this.resolved.addresses;
  }

  private async resolve(name: string): Promise<string[]> {
    const [host = '', port = ''] = name.split(':');
    try {
      const found = await lookup(host, { all: true, family: 4 });
      return found.map(({ address }) => `${address}:${port}`);
    } catch (error) {
      this.options.logger.warn({ err: error, host }, 'the replicas have no address');
      return [];
    }
  }
}
