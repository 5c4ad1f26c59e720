import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { BANK, databaseNames } from '../../operations/postgres/databases';
import { catalogue, hasEvents, type Service } from '../../services/catalogue';
import { ROOT } from '../stack/folders';
import { editedYaml } from './edited-yaml';
import type { GeneratedFile } from './generated-file';

const ABOUT = '# By services/catalogue.ts: npm run generate.\n';
const BASE = 'k8s/base';
const MAIN = 'main.js';
/** Patch written by hand: the differences of one service's Deployment from the others. */
const PATCH = 'patch.yaml';
const GENERATED = ['access.yaml', 'deployment.yaml', 'kustomization.yaml'];

const names = catalogue.map(({ name }) => name);

function yamlFile(path: string, ...documents: object[]): GeneratedFile {
  return {
    path,
    text: ABOUT + documents.map((each) => stringify(each, { singleQuote: true })).join('---\n'),
  };
}

function deployment({ name, entry }: Service): GeneratedFile {
  const [, folder, program] = entry.split('/');
  const app = {
    name: 'app',
    image: `popug/${folder}`,
    ...(program !== MAIN && { args: [program] }),
  };
  return yamlFile(`${BASE}/${name}/deployment.yaml`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { template: { spec: { containers: [app] } } },
  });
}

/** Returns the components of k8s/parts that the service uses. */
function partsOf(service: Service): string[] {
  const parts = {
    service: true,
    database: service.database !== null,
    migrations: service.migrates !== null,
    events: hasEvents(service),
    'state-store': service.keepsState,
  };
  return Object.entries(parts).flatMap(([part, isNeeded]) => (isNeeded ? [part] : []));
}

function kustomization(service: Service): GeneratedFile {
  const folder = `${BASE}/${service.name}`;
  const own = existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)).sort() : [];
  const more = own.filter((file) => ![...GENERATED, PATCH].includes(file));
  return yamlFile(`${folder}/kustomization.yaml`, {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['deployment.yaml', 'access.yaml', ...more],
    components: partsOf(service).map((part) => `../../parts/${part}`),
    ...(own.includes(PATCH) && { patches: [{ path: PATCH }] }),
  });
}

function autoscaler({ name }: Service): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
  };
}

/** Returns the alert rule that lists every service. */
function serviceDown(): GeneratedFile {
  const absent = names.map((name) => `or absent(up{job="services",service="${name}"})\n`);
  const rule = {
    alert: 'ServiceDown',
    expr: `sum by (job, service) (up) == 0\n${absent.join('')}`,
    for: '2m',
    labels: { severity: 'critical' },
    annotations: {
      summary: '{{ $labels.service }} is down',
      description:
        'Nothing of {{ $labels.service }} ({{ $labels.job }}) has answered for 2 minutes.',
      runbook: 'docs/runbooks/service-down.md',
    },
  };
  return yamlFile('k8s/features/monitoring/alerts-by-service.yaml', {
    groups: [{ name: 'presence', rules: [rule] }],
  });
}

/** Returns the secrets of all databases, for the Job that creates them: a key for each role. */
function databaseSecrets(): object[] {
  return databaseNames().map((name) => ({
    prefix: `DATABASE_${name}_`,
    secretRef: { name: `database.${name}`, ...(name === BANK && { optional: true }) },
  }));
}

/** Returns the manifests, computed from the catalogue. */
export function deployments(): GeneratedFile[] {
  const scaling = catalogue.filter(({ scales }) => scales);
  const withEvents = catalogue.filter(hasEvents);
  const job = ['spec', 'template', 'spec', 'containers', 0, 'envFrom'];
  return [
    ...catalogue.flatMap((service) => [deployment(service), kustomization(service)]),
    editedYaml(`${BASE}/kustomization.yaml`, [
      [['resources'], ['namespace.yaml', 'ingress.yaml', ...names]],
    ]),
    editedYaml('k8s/jobs/databases/job.yaml', [[job, databaseSecrets()]]),
    yamlFile('k8s/features/autoscaling/autoscalers.yaml', ...scaling.map(autoscaler)),
    editedYaml('k8s/features/autoscaling/kustomization.yaml', [
      [['patches', 1, 'target', 'name'], scaling.map(({ name }) => name).join('|')],
    ]),
    editedYaml('k8s/features/kafka/kustomization.yaml', [
      [['patches', 2, 'target', 'name'], withEvents.map(({ name }) => name).join('|')],
    ]),
    serviceDown(),
  ];
}
