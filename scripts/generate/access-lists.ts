import { stringify } from 'yaml';
import { catalogue } from '../../services/catalogue';
import type { GeneratedFile } from './generated-file';
import type { ServiceRoute } from './public-routes';

/** The namespace of the manifests; a caller's mTLS identity says it. */
const NAMESPACE = 'popug';
/** Dapr's name for the identities it gives out. */
const TRUST_DOMAIN = 'public';
const DOOR = 'gateway';

/** Verbs by the first part of the path: daprd's lists match the rest of a path by its beginning. */
type Operations = Map<string, Set<string>>;

function callersOf({ access }: ServiceRoute): readonly string[] {
  return access.allow === 'services' ? access.callers : [DOOR];
}

/** Who calls this service, by app-id, and what for. The gateway answers its own routes itself. */
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
  const about = `# Whom ${service}'s sidecar lets in, by its policies.ts: npm run generate.\n`;
  return { path: `k8s/base/${service}/access.yaml`, text: about + stringify(resource) };
}

/** The sidecars' access lists, one for each service: they hold where mTLS does, on Kubernetes. */
export function accessLists(routes: readonly ServiceRoute[]): GeneratedFile[] {
  return catalogue.map(({ name }) => accessList(name, routes));
}
