import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { PUBLIC_PORT, catalogue, type Service, type ServicePorts } from '../../services/catalogue';

export const LOOPBACK = '127.0.0.1';

const POLL_MS = 100;

/** Distance between the ports of two replicas; nine replicas fit into a block of 100 ports. */
const REPLICA_STEP = 10;

/** Ports of everything that is not a service, in the free end of the catalogue's first block. */
const SUPPORT_PORTS = { bank: 4090, smtp: 4091, mail: 4092, redis: 4093, postgres: 4094 };

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

/** Ports of one process of a service; `replica` counts from 0, `offset` shifts the whole stack. */
export function servicePorts(service: Service, offset: number, replica = 0): ServicePorts {
  return mapPorts(service.ports, (port) => port + offset + replica * REPLICA_STEP);
}

/** Ports of the sandbox bank, the mail catcher and the stack's own servers. */
export function supportPorts(offset: number): SupportPorts {
  return mapPorts(SUPPORT_PORTS, (port) => port + offset);
}

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

/** The claims whose port is in use. */
export async function takenPorts(claims: readonly PortClaim[]): Promise<PortClaim[]> {
  const free = await Promise.all(claims.map((claim) => isFree(claim.port)));
  return claims.filter((_, index) => !free[index]);
}

/** How long the guardian of a killed start may need to end its processes. */
const LEAVING_MS = 5_000;

/**
 * Waits up to 5 s for ports in use to become free. Throws with the first one that is still in use.
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
 * Finds an offset at which all ports of a stack are free. Tests that run at the same time pass
 * different `first` values. Throws when there is none.
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
