import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { PUBLIC_PORT, catalogue, type Service, type ServicePorts } from '../../services/catalogue';

export const LOOPBACK = '127.0.0.1';

const POLL_MS = 100;

/** Replicas of one service take ports this far apart, so up to nine fit below the next block. */
const REPLICA_STEP = 10;

/** Ports of what is not a service of ours, in the room the catalogue leaves in its first block. */
const SUPPORT_PORTS = { bank: 4090, smtp: 4091, mail: 4092, redis: 4093, postgres: 4094 };

/** The parts beside the services, and the port each listens on. */
export type SupportPorts = typeof SUPPORT_PORTS;

/** One port and who needs it. */
export interface PortClaim {
  port: number;
  owner: string;
}

function mapPorts<T extends object>(ports: T, change: (port: number) => number): T {
  const changed = Object.entries(ports).map(([name, port]) => [name, change(port as number)]);
  return Object.fromEntries(changed) as T;
}

/** Ports of one process of a service; `replica` counts from 0, `offset` moves a whole stack. */
export function servicePorts(service: Service, offset: number, replica = 0): ServicePorts {
  return mapPorts(service.ports, (port) => port + offset + replica * REPLICA_STEP);
}

/** Ports of the sandbox bank, the mail catcher and servers of our own. */
export function supportPorts(offset: number): SupportPorts {
  return mapPorts(SUPPORT_PORTS, (port) => port + offset);
}

/** The gateway's public port. */
export function publicPort(offset: number): number {
  return PUBLIC_PORT + offset;
}

/** Whether nothing listens on this port of the loopback interface. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, LOOPBACK, () => probe.close(() => resolve(true)));
  });
}

/** The claims whose port is taken already. */
export async function takenPorts(claims: readonly PortClaim[]): Promise<PortClaim[]> {
  const free = await Promise.all(claims.map((claim) => isFree(claim.port)));
  return claims.filter((_, index) => !free[index]);
}

/** The guardian of a start that was killed needs that long to end what is left of it. */
const LEAVING_MS = 5_000;

/**
 * Waits a moment for ports that somebody is just giving up. Throws one clear line when one stays
 * taken: nobody may answer there in our place.
 */
export async function claimPorts(
  claims: readonly PortClaim[],
  report: (line: string) => void = () => undefined,
): Promise<void> {
  let taken = await takenPorts(claims);
  if (taken.length > 0) report(`port ${taken[0]!.port} is taken: waiting whether it is given up`);
  const deadline = Date.now() + LEAVING_MS;
  while (taken.length > 0 && Date.now() < deadline) {
    await delay(POLL_MS);
    taken = await takenPorts(claims);
  }
  if (taken.length === 0) return;
  const [first, ...others] = taken;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new Error(
    `Port ${first!.port} is taken, ${first!.owner} needs it${more}: stop who listens there. ` +
      'Is the product running in another folder?',
  );
}

const FIRST_OFFSET = 10_000;
const OFFSET_STEP = 1_000;
const LAST_OFFSET = 22_000;

/**
 * An offset at which a whole stack finds its ports free. Tests that run at once pass different
 * `first` values. Throws when there is none.
 */
export async function findPortOffset(first = FIRST_OFFSET): Promise<number> {
  for (let offset = first; offset <= LAST_OFFSET; offset += OFFSET_STEP) {
    const wanted = [
      publicPort(offset),
      ...Object.values(supportPorts(offset)),
      ...catalogue.flatMap((service) => Object.values(servicePorts(service, offset))),
    ];
    const taken = await takenPorts(wanted.map((port) => ({ port, owner: '' })));
    if (taken.length === 0) return offset;
  }
  throw new Error(`No free block of ports between ${first} and ${LAST_OFFSET}`);
}
