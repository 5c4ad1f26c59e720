import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import { committedText } from '../tools/generate/generated-file';
import { manifests } from '../tools/generate/manifests';
import { allRoutes, readEnvOf } from '../tools/generate/programs';
import { images } from '../tools/kubernetes/images';
import { render, type Manifest } from '../tools/kubernetes/kustomize';
import { productSecrets } from '../tools/kubernetes/product-secrets';
import { COMPONENTS, ROOT } from '../tools/stack/folders';
import { sidecarArguments, sidecarEnvironment } from '../tools/stack/sidecar';
import { catalogue } from '../services/catalogue';
import { FEATURES, OVERLAYS, overlayFolder, withFeature } from './support/overlays';

const K8S = join(ROOT, 'k8s');
const BUILD_MS = 300_000;
const MAX_PORT_NAME = 15;
const SSH = 22;
/** The keys listed in k8s/README.md. */
const KAFKA = {
  brokers: '',
  host: '',
  authType: '',
  saslMechanism: '',
  username: '',
  password: '',
  caCert: '',
};

interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef?: SecretRef; fieldRef?: object };
  }[];
  envFrom?: {
    prefix?: string;
    secretRef?: { name: string; optional?: boolean };
    configMapRef?: { name: string };
  }[];
  ports?: { name: string; containerPort: number }[];
  [more: string]: unknown;
}
interface SecretRef {
  name: string;
  key: string;
  optional?: boolean;
}
interface PodTemplate {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
  spec: { containers: Container[]; initContainers?: Container[]; [more: string]: unknown };
}

const rendered = new Map<string, Manifest[]>();

beforeAll(async () => {
  for (const overlay of OVERLAYS) {
    rendered.set(overlay, await render(overlayFolder(overlay)));
  }
  for (const feature of FEATURES) rendered.set(feature[0], await withFeature(feature, render));
}, BUILD_MS);

const everything = [...OVERLAYS, ...FEATURES.map(([name]) => name)];

function objects(of: string, kind?: string): Manifest[] {
  return rendered.get(of)!.filter((each) => kind === undefined || each.kind === kind);
}

function objectNamed(of: string, kind: string, name: string): Manifest {
  const found = objects(of, kind).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`${of} has no ${kind} ${name}`);
  return found;
}

function templateOf({ kind, spec }: Manifest): PodTemplate | null {
  if (kind === 'CronJob') return spec.jobTemplate.spec.template as PodTemplate;
  return (spec?.template?.spec?.containers ? spec.template : null) as PodTemplate | null;
}

/** Objects that create pods, with a name for messages. */
function workloads(of: string): { name: string; object: Manifest; template: PodTemplate }[] {
  return objects(of).flatMap((object) => {
    const template = templateOf(object);
    const name = `${object.kind}/${object.metadata.name}`;
    return template ? [{ name, object, template }] : [];
  });
}

function containersOf({ spec }: PodTemplate): Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** Faults in words; a test reports all of them at once. */
type Faults = string[];

describe.each(everything)('%s', (of) => {
  it('keeps every pod within Pod Security restricted', () => {
    const faults: Faults = workloads(of).flatMap(({ name, template }) => {
      const { spec, metadata } = template;
      const context = (spec.securityContext ?? {}) as Record<string, unknown>;
      const found: Faults = [];
      if (context.runAsNonRoot !== true || typeof context.runAsUser !== 'number') {
        found.push(`${name} may run as root`);
      }
      if ((context.seccompProfile as { type?: string } | undefined)?.type !== 'RuntimeDefault') {
        found.push(`${name} has no seccomp profile`);
      }
      for (const banned of ['hostNetwork', 'hostPID', 'hostIPC']) {
        if (spec[banned]) found.push(`${name} uses ${banned}`);
      }
      for (const volume of (spec.volumes ?? []) as Record<string, unknown>[]) {
        if (volume.hostPath) found.push(`${name} mounts the node's files`);
      }
      for (const container of containersOf(template)) {
        const own = (container.securityContext ?? {}) as Record<string, unknown>;
        const drops = (own.capabilities as { drop?: string[] } | undefined)?.drop;
        if (own.allowPrivilegeEscalation !== false || drops?.join() !== 'ALL' || own.privileged) {
          found.push(`${name}: ${container.name} may become more than it is`);
        }
        if (own.readOnlyRootFilesystem !== true) {
          found.push(`${name}: ${container.name} can write to its image`);
        }
      }
      const annotations = metadata.annotations ?? {};
      const isSidecared = annotations['dapr.io/enabled'] === 'true';
      if (isSidecared && annotations['dapr.io/sidecar-seccomp-profile-type'] !== 'RuntimeDefault') {
        found.push(`${name}: its sidecar has no seccomp profile`);
      }
      return found;
    });
    expect(faults).toEqual([]);
  });

  it('says for every container what it needs, and of which version it is', () => {
    const faults: Faults = workloads(of).flatMap(({ name, template }) =>
      containersOf(template).flatMap((container) => {
        const resources = (container.resources ?? {}) as {
          requests?: Record<string, string>;
          limits?: Record<string, string>;
        };
        const found: Faults = [];
        if (!resources.requests?.cpu || !resources.requests.memory || !resources.limits?.memory) {
          found.push(`${name}: ${container.name} has no requests or no limit of memory`);
        }
        const tag = /[^/]:([^/]+)$/.exec(container.image)?.[1];
        if (!tag || tag === 'latest' || tag === 'VERSION') {
          found.push(`${name}: the image ${container.image} is of no version`);
        }
        return found;
      }),
    );
    expect(faults).toEqual([]);
  });

  it('asks every server whether it lives and is ready, on ports that it names', () => {
    const servers = workloads(of).filter(({ object }) =>
      ['Deployment', 'StatefulSet'].includes(object.kind),
    );
    const faults: Faults = servers.flatMap(({ name, template }) =>
      template.spec.containers.flatMap((container) => {
        const named = (container.ports ?? []).map((port) => port.name);
        const found: Faults = [];
        for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
          const probe = container[kind] as { httpGet?: { port: string } } | undefined;
          if (!probe && kind !== 'startupProbe') found.push(`${name} has no ${kind}`);
          const port = probe?.httpGet?.port;
          if (port !== undefined && !named.includes(port)) found.push(`${name}: no port ${port}`);
        }
        return found;
      }),
    );
    expect(faults).toEqual([]);
  });

  it('does what else kube-linter asks for', () => {
    const faults: Faults = [];
    for (const { name, object, template } of workloads(of)) {
      const { spec } = template;
      if (spec.serviceAccount) faults.push(`${name} uses a field that is deprecated`);
      const isSpread = spec.topologySpreadConstraints ?? spec.affinity;
      if ((object.spec.replicas ?? 1) > 1 && !isSpread) faults.push(`${name} may share one node`);
      for (const container of containersOf(template)) {
        const names = (container.env ?? []).map((each) => each.name);
        if (new Set(names).size < names.length) faults.push(`${name}: a variable is set twice`);
        const written = (container.env ?? []).filter(({ name: variable, value }) => {
          return /SECRET|PASSWORD|TOKEN|AUTH/.test(variable) && value && !value.startsWith('$(');
        });
        if (written.length > 0) faults.push(`${name}: ${written[0]!.name} is written out`);
        for (const port of container.ports ?? []) {
          if (port.containerPort === SSH) faults.push(`${name} listens for ssh`);
          if (port.name.length > MAX_PORT_NAME) faults.push(`${name}: ${port.name} is too long`);
        }
      }
    }
    for (const { metadata, spec } of objects(of, 'PodDisruptionBudget')) {
      if (!(spec.maxUnavailable > 0)) faults.push(`${metadata.name} lets no pod go`);
      if (!spec.unhealthyPodEvictionPolicy) faults.push(`${metadata.name} keeps broken pods`);
    }
    expect(faults).toEqual([]);
  });

  it('gives no pod a token of the cluster it does not use', () => {
    const withRights = new Set(
      objects(of, 'RoleBinding').flatMap(
        ({ subjects }: Manifest & { subjects?: { name: string }[] }) =>
          (subjects ?? []).map((subject) => subject.name),
      ),
    );
    const accounts = new Set(objects(of, 'ServiceAccount').map(({ metadata }) => metadata.name));
    const faults: Faults = workloads(of).flatMap(({ name, template }) => {
      const { automountServiceAccountToken, serviceAccountName } = template.spec;
      const account = serviceAccountName as string | undefined;
      const found: Faults = [];
      if (account !== undefined && !accounts.has(account)) found.push(`${name}: no ${account}`);
      if (automountServiceAccountToken !== false && !withRights.has(account ?? '')) {
        found.push(`${name} gets a token`);
      }
      return found;
    });
    expect(faults).toEqual([]);
  });

  it('selects pods that are there, and Services reach ports that are', () => {
    const all = workloads(of).map(({ template }) => template);
    const matching = (labels: Record<string, string>): PodTemplate[] =>
      all.filter(({ metadata }) =>
        Object.entries(labels).every(([key, value]) => metadata.labels[key] === value),
      );
    const faults: Faults = [];
    for (const { name, object, template } of workloads(of)) {
      const selector = (object.spec.selector?.matchLabels ?? {}) as Record<string, string>;
      if (object.kind === 'Job' || object.kind === 'CronJob') continue;
      if (!matching(selector).includes(template)) faults.push(`${name} does not select its pods`);
    }
    for (const { metadata, spec } of objects(of, 'Service')) {
      const pods = matching(spec.selector as Record<string, string>);
      if (pods.length === 0) faults.push(`Service/${metadata.name} selects nothing`);
      const ports = pods.flatMap(({ spec: pod }) =>
        pod.containers.flatMap((each) => each.ports ?? []),
      );
      for (const { targetPort } of spec.ports as { targetPort: string }[]) {
        if (!ports.some((port) => port.name === targetPort)) {
          faults.push(`Service/${metadata.name}: no port ${targetPort}`);
        }
      }
    }
    for (const { metadata, spec } of objects(of, 'PodDisruptionBudget')) {
      if (matching(spec.selector.matchLabels as Record<string, string>).length === 0) {
        faults.push(`PodDisruptionBudget/${metadata.name} selects nothing`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('holds no secret, and names only those that npm run k8s:secrets makes', () => {
    expect(objects(of, 'Secret')).toEqual([]);
    const secrets = productSecrets(new Map(), {});
    // The secret `kafka` is not random: the operator creates it.
    if (of === 'kafka') secrets.set('kafka', KAFKA);
    const faults: Faults = [];
    const look = (where: string, { name, key }: SecretRef): void => {
      const values = secrets.get(name);
      if (!values || !(key in values)) faults.push(`${where}: no secret ${name} with ${key}`);
    };
    for (const { name, template } of workloads(of)) {
      for (const container of containersOf(template)) {
        for (const { valueFrom } of container.env ?? []) {
          const reference = valueFrom?.secretKeyRef;
          if (reference) look(name, reference);
        }
        for (const { secretRef } of container.envFrom ?? []) {
          if (secretRef && !secrets.has(secretRef.name)) faults.push(`${name}: ${secretRef.name}`);
        }
      }
      const annotations = template.metadata.annotations ?? {};
      for (const use of ['dapr.io/api-token-secret', 'dapr.io/app-token-secret']) {
        if (annotations[use]) look(name, { name: annotations[use], key: 'token' });
      }
    }
    for (const { metadata, spec } of objects(of, 'Component')) {
      for (const { secretKeyRef } of spec.metadata as { secretKeyRef?: SecretRef }[]) {
        if (secretKeyRef) look(`Component/${metadata.name}`, secretKeyRef);
      }
    }
    expect(faults).toEqual([]);
  });

  it('ends the names of Jobs in the version, and forgets them when they are done', () => {
    const version = objectNamed(of, 'ConfigMap', 'release').data!.version!;
    for (const { metadata, spec } of objects(of, 'Job')) {
      expect(metadata.name.endsWith(`-${version}`)).toBe(true);
      expect(spec.ttlSecondsAfterFinished).toBeGreaterThan(0);
      expect(spec.activeDeadlineSeconds).toBeGreaterThan(0);
    }
  });

  it('puts everything into one namespace, as part of popug', () => {
    const apart = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];
    for (const { kind, metadata } of objects(of)) {
      if (apart.includes(kind)) continue;
      expect({ kind, name: metadata.name, namespace: metadata.namespace }).toMatchObject({
        namespace: 'popug',
      });
    }
    const { labels } = objectNamed(of, 'Namespace', 'popug').metadata;
    expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });
});

/** A container's environment by its manifest, with secrets of `npm run k8s:secrets`. */
function environmentOf(of: string, container: Container): Record<string, string> {
  const secrets = productSecrets(new Map(), {});
  // Set by the operator: overlays leave it out, so that no placeholder account is paid.
  const own = { MANAGEMENT_BANK_ACCOUNT: '40702810000000000001' };
  const environment: Record<string, string> = { DAPR_HTTP_PORT: '3500', ...own };
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const values = configMapRef
      ? objectNamed(of, 'ConfigMap', configMapRef.name).data!
      : (secrets.get(secretRef!.name) ?? {});
    for (const [key, value] of Object.entries(values)) environment[prefix + key] = value;
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const secret = valueFrom?.secretKeyRef;
    // A field of the pod exists in a cluster only.
    const inCluster = valueFrom?.fieldRef && 'a field of the pod';
    environment[name] = value ?? inCluster ?? secrets.get(secret!.name)![secret!.key]!;
  }
  return environment;
}

describe.each(OVERLAYS)('every service of the catalogue in %s', (of) => {
  it.each(catalogue.map((service) => [service.name, service] as const))('%s', (name, service) => {
    const { spec, metadata } = objectNamed(of, 'Deployment', name);
    const template = spec.template as PodTemplate;
    const [app] = template.spec.containers;
    const annotations = template.metadata.annotations!;

    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/name': name });
    expect(template.spec.serviceAccountName).toBe(name);
    expect(objectNamed(of, 'ServiceAccount', name)).toBeDefined();
    expect(objectNamed(of, 'PodDisruptionBudget', name)).toBeDefined();
    expect(objectNamed(of, 'Configuration', name).spec.accessControl.defaultAction).toBe('deny');
    expect(annotations).toMatchObject({
      'dapr.io/enabled': 'true',
      'dapr.io/app-id': name,
      'dapr.io/config': name,
      'dapr.io/api-token-secret': `${name}.api-token`,
      'dapr.io/app-token-secret': `${name}.app-token`,
    });

    // The program is the catalogue's, and its image is built.
    const folder = service.entry.split('/')[1]!;
    expect(app!.image).toMatch(new RegExp(`(^|/)${folder}:`));
    expect(images().map((image) => image.name)).toContain(`popug/${folder}`);
    expect(app!.args?.at(-1) ?? 'main.js').toBe(service.entry.split('/').at(-1));

    // All variables are set, and the ports match.
    const environment = environmentOf(of, app!);
    expect(() => readEnvOf(service, environment)).not.toThrow();
    const ports = Object.fromEntries(
      (app!.ports ?? []).map((port) => [port.name, port.containerPort]),
    );
    expect(ports).toMatchObject({
      app: Number(environment.PORT),
      metrics: Number(environment.METRICS_PORT),
    });
    expect(annotations['dapr.io/app-port']).toBe(environment.PORT);
    expect(environment.HOST).toBe('0.0.0.0');

    // The pod may reach every server that it uses.
    const wait = template.spec.initContainers!.find((each) => each.name === 'wait')!;
    const waitsFor = (wait.env ?? []).map((each) => each.name.replace('WAIT_FOR_', ''));
    const reaches = (server: string): boolean =>
      template.metadata.labels[`popug.example/reaches-${server}`] === 'true';
    const loads = (component: string): boolean =>
      (objectNamed(of, 'Component', component) as Manifest & { scopes: string[] }).scopes.includes(
        name,
      );
    expect(waitsFor.includes('DATABASE')).toBe(service.database !== null);
    expect(waitsFor.includes('BROKER')).toBe(loads('pubsub'));
    expect(waitsFor.includes('STATE_STORE')).toBe(loads('statestore'));
    expect(reaches('postgres')).toBe(service.database !== null || loads('statestore'));
    expect(reaches('redis')).toBe(loads('pubsub'));
    if (service.database) {
      const { pathname } = new URL(environment.DATABASE_URL!);
      expect(pathname).toBe(`/${service.database}`);
    }
    if (of === 'production') expect(spec.replicas).toBeGreaterThan(1);
    if (service.migrates) {
      expect(service.migrates).not.toContain('-'); // the version follows the second dash
      const version = objectNamed(of, 'ConfigMap', 'release').data!.version!;
      const job = objectNamed(of, 'Job', `migrate-${name}-${version}`);
      const told = environmentOf(of, job.spec.template.spec.containers[0] as Container);
      expect(told.DATABASE_URL).toContain(`/${service.database}`);
      expect(told.DATABASE_URL).toContain('_owner:');
    }
  });

  it('has every resource of Dapr that the local start loads', () => {
    const files = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.yaml') && !file.startsWith('local/') && !file.startsWith('kustomization'),
    );
    for (const file of files) {
      if (file === 'configuration.yaml') continue;
      const resource = parse(readFileSync(join(COMPONENTS, file), 'utf8')) as Manifest;
      const found = objectNamed(of, resource.kind, resource.metadata.name);
      expect(found.spec).toEqual(resource.spec);
    }
    const common = parse(readFileSync(join(COMPONENTS, 'configuration.yaml'), 'utf8')) as Manifest;
    for (const { spec } of objects(of, 'Configuration')) expect(spec).toMatchObject(common.spec);
  });

  it('runs sidecars with the settings of the local start', () => {
    const args = sidecarArguments({
      appId: 'board',
      ports: catalogue[0]!.ports,
      componentsDirectory: COMPONENTS,
    });
    const flag = (name: string): string => args[args.indexOf(`--${name}`) + 1]!;
    const annotations = (objectNamed(of, 'Deployment', 'board').spec.template as PodTemplate)
      .metadata.annotations!;
    expect(annotations).toMatchObject({
      'dapr.io/disable-init-endpoints': flag('disable-init-endpoints'),
      'dapr.io/graceful-shutdown-seconds': flag('dapr-graceful-shutdown-seconds'),
      'dapr.io/app-health-check-path': flag('app-health-check-path'),
      'dapr.io/app-health-probe-interval': flag('app-health-probe-interval'),
      'dapr.io/app-health-probe-timeout': flag('app-health-probe-timeout'),
      'dapr.io/app-health-threshold': flag('app-health-threshold'),
    });
    const { GOGC } = sidecarEnvironment({ daprApi: '', appApi: '' });
    expect(annotations['dapr.io/env']).toContain(`GOGC=${GOGC}`);
  });

  it('leaves a stopping pod the time that it is given', () => {
    for (const { name } of catalogue) {
      const { metadata, spec } = objectNamed(of, 'Deployment', name).spec.template as PodTemplate;
      const app = spec.containers[0] as Container & {
        lifecycle: { preStop: { sleep: { seconds: number } } };
      };
      const sleeps = app.lifecycle.preStop.sleep.seconds;
      const blocks = parseInt(metadata.annotations!['dapr.io/block-shutdown-duration']!, 10);
      const grace = spec.terminationGracePeriodSeconds as number;
      expect(sleeps).toBeGreaterThan(blocks);
      expect(grace).toBeGreaterThan(sleeps + 10);
      expect(grace).toBeGreaterThan(
        blocks + Number(metadata.annotations!['dapr.io/graceful-shutdown-seconds']),
      );
    }
  });

  it('pays the management to an account that only its operator names', () => {
    const settings = objects(of, 'ConfigMap').find(({ metadata }) =>
      metadata.name.startsWith('settings'),
    )!;
    const isNamed = 'MANAGEMENT_BANK_ACCOUNT' in settings.data!;
    expect(isNamed).toBe(of === 'local');
  });

  it('lets people in at one place only', () => {
    const backends = objects(of, 'Ingress').flatMap(({ spec }) =>
      (spec.rules as { http: { paths: { backend: { service: { name: string } } }[] } }[]).flatMap(
        (rule) => rule.http.paths.map(({ backend }) => backend.service.name),
      ),
    );
    expect(backends).toEqual(['gateway']);
    for (const { spec } of objects(of, 'Service')) {
      expect(['ClusterIP', undefined]).toContain(spec.type);
    }
    const policies = objects(of, 'NetworkPolicy').map(({ metadata }) => metadata.name);
    expect(policies).toContain('nothing');
  });
});

it('the demo company counts its days as the settings say', () => {
  const settings = objects('local', 'ConfigMap').find(({ metadata }) =>
    metadata.name.startsWith('settings'),
  )!;
  const job = objects('local', 'Job').find(({ metadata }) => metadata.name.startsWith('seed'))!;
  const told = environmentOf('local', job.spec.template.spec.containers[0] as Container);
  const { BUSINESS_TIME_ZONE, CUT_OFF } = settings.data!;
  expect(told).toMatchObject({ BUSINESS_TIME_ZONE, CUT_OFF });
});

describe('the tree', () => {
  const files = readdirSync(K8S, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

  /** Files that a kustomization names, recursively. */
  function reached(folder: string, seen = new Set<string>()): Set<string> {
    const file = join(folder, 'kustomization.yaml');
    if (seen.has(file)) return seen;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const strings: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value === 'string') strings.push(value);
      else if (value !== null && typeof value === 'object') Object.values(value).forEach(collect);
    };
    collect(parse(text));
    for (const string of strings) {
      // Generators rename files: `key=file`.
      const path = resolve(folder, string.split('=').at(-1)!);
      if (files.includes(path)) seen.add(path);
      else if (files.includes(join(path, 'kustomization.yaml'))) reached(path, seen);
    }
    return seen;
  }

  it('has no file that nothing names', () => {
    const roots = files.filter((file) => {
      const inside = relative(K8S, file);
      return /^(overlays|features)\/.*kustomization\.yaml$/.test(inside);
    });
    const used = roots.reduce((seen, root) => reached(dirname(root), seen), new Set<string>());
    const unused = files.filter((file) => !used.has(file) && !file.endsWith('.md'));
    expect(unused.map((file) => relative(ROOT, file))).toEqual([]);
  });

  it('is generated from the catalogue and the policies of today where it says so', () => {
    for (const { path, text } of manifests(allRoutes())) {
      expect({ path, text: committedText(path) }).toEqual({ path, text });
    }
  });

  it('has subscriptions of the catalogue only', () => {
    const generated = manifests(allRoutes()).map(({ path }) => path);
    const committed = readdirSync(join(COMPONENTS, 'subscriptions'));
    for (const file of committed) expect(generated).toContain(`components/subscriptions/${file}`);
  });
});
