import { stringify } from 'yaml';
import { catalogue } from '../../services/catalogue';
import type { GeneratedFile } from './generated-file';
import type { ServiceRoute } from './programs';

/** Namespace of the manifests; part of a caller's mTLS identity. */
const NAMESPACE = 'popug';
/** Dapr's default trust domain of mTLS identities. */
const TRUST_DOMAIN = 'public';
const DOOR = 'gateway';

/**
 * Verbs by the first segment of the path: an operation in daprd's access lists matches by prefix.
 */
type Operations = Map<string, Set<string>>;

function callersOf({ access }: ServiceRoute): readonly string[] {
  return access.allow === 'services' ? access.callers : [DOOR];
}

/**
 * Returns the services that call this service, by app-id, with the operations they call. The
 * gateway answers its own routes, so it has no callers.
 */
export function operationsByCaller(
  service: string,
  routes: readonly ServiceRoute[],
): Map<string, Operations> {
  const callers = new Map<string, Operations>();
  for (const route of routes) {
    if (route.service !== service || service === DOOR) continue;
    const name = `/${route.path.split('/')[1]}`;
    for (const caller of callersOf(route)) {
      const operations: Operations = callers.get(caller) ?? new Map<string, Set<string>>();
      operations.set(name, (operations.get(name) ?? new Set()).add(route.method));
      callers.set(caller, operations);
    }
  }
  return callers;
}

function policy([caller, operations]: [string, Operations]): object {
  return {
    appId: caller,
    namespace: NAMESPACE,
    trustDomain: TRUST_DOMAIN,
    defaultAction: 'deny',
    operations: [...operations].map(([name, verbs]) => ({
      name,
      httpVerb: [...verbs].sort(),
      action: 'allow',
    })),
  };
}

function accessList(service: string, routes: readonly ServiceRoute[]): GeneratedFile {
  const policies = [...operationsByCaller(service, routes)].sort(([a], [b]) => a.localeCompare(b));
  const resource = {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Configuration',
    metadata: { name: service },
    spec: {
      accessControl: {
        defaultAction: 'deny',
        trustDomain: TRUST_DOMAIN,
        policies: policies.map(policy),
      },
    },
  };
  const about = `# Services that may call ${service}, from its policies.ts: npm run generate.\n`;
  return { path: `k8s/base/${service}/access.yaml`, text: about + stringify(resource) };
}

const SIDECAR_PORT = 50_002;

function policyOf(service: string, callers: readonly string[]): object {
  const match = { key: 'app.kubernetes.io/name', operator: 'In', values: callers };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `calls-to-${service}` },
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': service } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchExpressions: [match] } }],
          ports: [{ port: SIDECAR_PORT }],
        },
      ],
    },
  };
}

/**
 * Returns the network policies that let only callers' pods reach the sidecar of a called service.
 */
export function callPolicies(routes: readonly ServiceRoute[]): GeneratedFile {
  const documents = catalogue.flatMap(({ name }) => {
    const callers = [...operationsByCaller(name, routes).keys()].sort();
    return callers.length === 0 ? [] : [stringify(policyOf(name, callers))];
  });
  const about = '# Services that may call each service, from its policies.ts: npm run generate.\n';
  const path = 'k8s/features/network-policies/calls.yaml';
  return { path, text: about + documents.join('---\n') };
}

/**
 * Returns the access list of each service's sidecar; daprd enforces them where mTLS is on, in
 * Kubernetes.
 */
export function accessLists(routes: readonly ServiceRoute[]): GeneratedFile[] {
  return catalogue.map(({ name }) => accessList(name, routes));
}
