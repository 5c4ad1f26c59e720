import { join } from 'node:path';
import { render, type Manifest } from '../../tools/kubernetes/kustomize';
import { ROOT } from '../../tools/stack/folders';
import { FEATURES, OVERLAYS, overlayFolder, withFeature } from '../support/overlays';

interface Peer {
  podSelector?: { matchLabels?: object; matchExpressions?: object[] };
  namespaceSelector?: { matchLabels?: object };
  ipBlock?: { cidr: string };
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number }[];
}
interface Container {
  name: string;
  env: { name: string; value: string }[];
}
interface Policy {
  podSelector: { matchLabels?: Record<string, string> };
  policyTypes: string[];
  ingress?: Rule[];
  egress?: Rule[];
}

const BUILD_MS = 300_000;
const GATEWAY_PORT = 8080;
/** Blocks of /16 and wider are too wide for a destination. */
const WIDEST_BLOCK_BITS = 16;
/** The Kubernetes API has no label and no fixed address: see the monitoring feature. */
const TO_THE_API = 'prometheus 443,6443,8443';
/** Policies for servers that are, or could be, outside the namespace. */
const OUTWARD = ['to-postgres', 'to-redis', 'payment-to-bank', 'notify-to-mail'];

const features = FEATURES.map(([name]) => name);
const rendered = new Map<string, Manifest[]>();

beforeAll(async () => {
  for (const overlay of OVERLAYS) rendered.set(overlay, await render(overlayFolder(overlay)));
  for (const feature of FEATURES) rendered.set(feature[0], await withFeature(feature, render));
}, BUILD_MS);

function policies(of: string): Map<string, Policy> {
  const found = rendered.get(of)!.filter(({ kind }) => kind === 'NetworkPolicy');
  return new Map(found.map(({ metadata, spec }) => [metadata.name, spec as Policy]));
}

const isEmpty = (value: object | undefined): boolean => Object.keys(value ?? {}).length === 0;

/** Returns true when a peer is restricted; an empty selector matches every peer. */
function namesSomebody({ podSelector, namespaceSelector, ipBlock }: Peer): boolean {
  if (ipBlock) return Number(ipBlock.cidr.split('/')[1]) > WIDEST_BLOCK_BITS;
  if (namespaceSelector && isEmpty(namespaceSelector.matchLabels)) return false;
  const { matchLabels, matchExpressions } = podSelector ?? {};
  return Boolean(namespaceSelector) || !isEmpty(matchLabels) || !isEmpty(matchExpressions);
}

/** Returns rules open to every peer or on every port; a missing list means all. */
function openRules(of: string, side: 'ingress' | 'egress'): string[] {
  return [...policies(of)].flatMap(([name, policy]) =>
    (policy[side] ?? []).flatMap((rule) => {
      const peers = (side === 'ingress' ? rule.from : rule.to) ?? [];
      const isNamed = peers.length > 0 && peers.every(namesSomebody);
      const ports = (rule.ports ?? []).map(({ port }) => port);
      return isNamed && ports.length > 0 ? [] : [`${name} ${ports.join()}`];
    }),
  );
}

/** The addresses to which a replica of the gateway hands hints on. */
function peersOf({ spec }: Manifest): string {
  const { containers } = (spec as { template: { spec: { containers: Container[] } } }).template
    .spec;
  const { env } = containers.find(({ name }) => name === 'app')!;
  return env.find(({ name }) => name === 'PEERS')!.value;
}

describe.each([...OVERLAYS, ...features])('the network of %s', (of) => {
  it('lets nobody in whom no rule names', () => {
    expect(openRules(of, 'ingress')).toEqual([]);
  });

  it('lets nobody out to a destination that no rule names', () => {
    const expected = of === 'monitoring' ? [TO_THE_API] : [];
    expect(openRules(of, 'egress')).toEqual(expected);
  });

  it('lets only pods of an ingress controller to the public port of the gateway', () => {
    const doors = [...policies(of)].filter(
      ([, { podSelector, policyTypes }]) =>
        policyTypes.includes('Ingress') &&
        podSelector.matchLabels?.['app.kubernetes.io/name'] === 'gateway',
    );
    const callers = doors.flatMap(([, { ingress }]) =>
      (ingress ?? [])
        .filter(({ ports }) => ports?.some(({ port }) => port === GATEWAY_PORT))
        .flatMap(({ from }) => from ?? []),
    );
    expect(callers).not.toEqual([]);
    for (const { namespaceSelector, podSelector } of callers) {
      const isDemo = of === 'local' && !namespaceSelector;
      if (isDemo) {
        expect(podSelector!.matchLabels).toEqual({ 'app.kubernetes.io/component': 'demo' });
        continue;
      }
      // A namespace selector alone would admit every pod of that namespace.
      expect(isEmpty(namespaceSelector?.matchLabels)).toBe(false);
      expect(isEmpty(podSelector?.matchLabels)).toBe(false);
    }
  });

  it('lets replicas of the gateway, and nobody else, hand hints to each other', () => {
    const named = (kind: string, name: string): Manifest =>
      rendered.get(of)!.find((each) => each.kind === kind && each.metadata.name === name)!;
    const [host, port] = peersOf(named('Deployment', 'gateway')).split(':');
    const service = named('Service', host!).spec as {
      clusterIP: string;
      ports: { port: number }[];
    };
    // The headless service has the addresses of all replicas.
    expect(service.clusterIP).toBe('None');
    expect(service.ports.map((each) => each.port)).toEqual([Number(port)]);
    const gateways = [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gateway' } } }];
    const ports = [{ port: Number(port) }];
    const { ingress, egress } = policies(of).get('gateway-peers')!;
    expect({ ingress, egress }).toEqual({
      ingress: [{ from: gateways, ports }],
      egress: [{ to: gateways, ports }],
    });
  });

  it.each(OUTWARD)('says where %s leads', (name) => {
    const { egress } = policies(of).get(name)!;
    expect(egress!.flatMap(({ to }) => to ?? [])).not.toEqual([]);
  });
});

it('an overlay that names nobody stays closed', async () => {
  const found = await render(join(ROOT, 'k8s/features/network-policies'));
  const named = ['gateway-public', ...OUTWARD];
  const openings = found
    .filter(({ metadata }) => named.includes(metadata.name))
    .map(({ spec }) => (spec as Policy).ingress ?? (spec as Policy).egress);
  expect(openings).toEqual(named.map(() => []));
});
