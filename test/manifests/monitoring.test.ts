import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Histogram } from 'prom-client';
import { parse } from 'yaml';
import { catalogue } from '../../services/catalogue';
import { payoutStates } from '../../services/account/payouts/domain/payout';
import type { ServiceApp } from '../../services/shared/runtime/service';
import { createApp } from '../../tools/generate/programs';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: Record<string, string>;
}
interface Panel {
  title: string;
  type: string;
  datasource?: { uid: string };
  targets?: { expr: string }[];
}
interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
  templating: { list: { query: { query: string } }[] };
}
interface Kustomization {
  resources: string[];
  configMapGenerator: { name: string; files: string[] }[];
}

const ROOT = join(__dirname, '..', '..');
const FEATURE = join(ROOT, 'k8s', 'features', 'monitoring');
const RUNBOOKS = 'docs/runbooks';

/**
 * Metrics of the sidecar that we use, with labels, as daprd 1.18.3 exports them in a cluster. The
 * last three appear only after a retry or a refusal.
 */
const SIDECAR_METRICS: Record<string, string[]> = {
  go_goroutines: [],
  dapr_http_healthprobes_completed_count: ['status'],
  dapr_component_input_binding_count: ['component', 'success'],
  dapr_component_pubsub_egress_bulk_count: ['component', 'topic', 'success'],
  dapr_component_pubsub_ingress_bulk_event_count: ['component', 'topic', 'process_status'],
  dapr_component_state_count: ['component', 'operation', 'success'],
  dapr_component_state_latencies_bucket: ['component', 'operation', 'success', 'le'],
  dapr_runtime_service_invocation_req_sent_total: ['dst_app_id', 'type'],
  dapr_runtime_service_invocation_res_recv_total: ['src_app_id', 'status', 'type'],
  dapr_runtime_service_invocation_res_recv_latency_ms_bucket: ['src_app_id', 'status', 'le'],
  dapr_resiliency_activations_total: ['name', 'policy', 'target', 'flow_direction', 'status'],
  dapr_runtime_acl_app_policy_action_blocked_total: ['app_id', 'trustDomain'],
  dapr_runtime_acl_global_policy_action_blocked_total: ['app_id', 'trustDomain'],
};

/** Labels that Prometheus adds to every metric. */
const TARGET_LABELS = ['job', 'service', 'pod', 'instance'];

const read = (...path: string[]): string => readFileSync(join(FEATURE, ...path), 'utf8');
const rules = ['alerts.yaml', 'alerts-by-service.yaml'].flatMap((file) =>
  (parse(read(file)) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules),
);
const dashboards = readdirSync(join(FEATURE, 'dashboards')).map(
  (file) => [file, JSON.parse(read('dashboards', file)) as Dashboard] as const,
);
const runbooks = readdirSync(join(ROOT, RUNBOOKS)).filter((file) => file !== 'README.md');

/** Returns the labels of every known series by name; a histogram has three series. */
function known(apps: readonly ServiceApp[]): Map<string, string[]> {
  const series = new Map<string, string[]>([...Object.entries(SIDECAR_METRICS), ['up', []]]);
  for (const { parts } of apps) {
    for (const metric of parts.metrics.registry.getMetricsAsArray()) {
      const { name, labelNames } = metric as unknown as { name: string; labelNames: string[] };
      if (metric instanceof Histogram) {
        series.set(`${name}_bucket`, [...labelNames, 'le']);
        for (const suffix of ['_sum', '_count']) series.set(`${name}${suffix}`, labelNames);
      } else series.set(name, labelNames);
    }
  }
  return series;
}

const NOT_A_METRIC = /^(and|or|unless|bool|offset|inf|nan)$/i;
const GROUPING = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const IN_BRACES = /\{([^}]*)\}/g;
const MATCHER = /(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g;

interface Reading {
  metrics: string[];
  /** Labels that results are grouped or joined by. */
  grouping: string[];
  matchers: { metric: string; label: string; value: string }[];
}

/** Returns the names in a PromQL expression; covers the grammar that our rules use. */
function readExpression(expr: string): Reading {
  const grouping = [...expr.matchAll(GROUPING)].flatMap(([, list]) => list!.match(/\w+/g) ?? []);
  const matchers = [...expr.matchAll(/(\w+)\{([^}]*)\}/g)].flatMap(([, metric, inside]) =>
    [...inside!.matchAll(MATCHER)].map(([, label, value]) => ({
      metric: metric!,
      label: label!,
      value: value!,
    })),
  );
  const bare = expr
    .replace(IN_BRACES, '')
    .replace(GROUPING, '')
    .replace(/\[[^\]]*\]/g, '');
  const metrics = [...bare.matchAll(/\b[a-zA-Z_]\w*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !NOT_A_METRIC.test(name));
  return { metrics, grouping, matchers };
}

/** All services, created but not started: each has registered its metrics. */
const apps = catalogue.map(createApp);
const series = known(apps);
afterAll(() => Promise.all(apps.map(({ parts, close }) => close?.() ?? parts.sidecar.close())));

const expressions: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
  ...dashboards.flatMap(([file, { panels, templating }]) => [
    ...panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }): [string, string] => [`${file}: ${title}`, expr]),
    ),
    ...templating.list.map(({ query }): [string, string] => [
      `${file}: its choice`,
      /^label_values\((.*), \w+\)$/.exec(query.query)![1]!,
    ]),
  ]),
];

/** Possible values of labels, where they are known. */
const POSSIBLE: Readonly<Record<string, readonly string[]>> = {
  service: [...catalogue.map(({ name }) => name), '$service'],
  job: ['services', 'sidecars'],
  state: [...payoutStates, 'due'],
};

/** Returns unknown metrics, labels and values in an expression, which would never match. */
function inVain(expr: string): string[] {
  const { metrics, grouping, matchers } = readExpression(expr);
  const labelsOf = (name: string): string[] => [...TARGET_LABELS, ...(series.get(name) ?? [])];
  const grouped = grouping.filter((label) => !metrics.flatMap(labelsOf).includes(label));
  const compared = matchers.filter(({ metric, label }) => !labelsOf(metric).includes(label));
  const impossible = matchers.filter(({ label, value }) =>
    value.split('|').some((each) => POSSIBLE[label]?.includes(each) === false),
  );
  return [
    ...(metrics.length === 0 ? ['no metric at all'] : []),
    ...metrics.filter((name) => !series.has(name)),
    ...grouped.map((label) => `by ${label}`),
    ...[...compared, ...impossible].map(({ metric, label, value }) => {
      return `${metric}{${label}="${value}"}`;
    }),
  ];
}

describe('an expression of an alert or a panel', () => {
  it.each(expressions)('%s asks for metrics, labels and values that exist', (_, expr) => {
    expect(inVain(expr)).toEqual([]);
  });

  it.each([
    ['payout{state="failed"}', 'payout'],
    ['payouts_bucket', 'payouts_bucket'],
    ['max by (stat) (payouts)', 'by stat'],
    ['payouts{status="failed"}', 'payouts{status="failed"}'],
    ['payouts{state=~"failed|lost"}', 'payouts{state="failed|lost"}'],
    ['sum(rate(up[5m])) / 2', null],
    ['absent(up{service="bord"})', 'up{service="bord"}'],
  ])('%s is seen to ask for %s in vain', (expr, vain) => {
    expect(inVain(expr)).toEqual(vain === null ? [] : expect.arrayContaining([vain]));
  });
});

describe('alerts', () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s says how bad, what, and where to read on',
    (_, { labels, annotations }) => {
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(Object.keys(annotations).sort()).toEqual(['description', 'runbook', 'summary']);
      expect(runbooks.map((file) => `${RUNBOOKS}/${file}`)).toContain(annotations['runbook']);
    },
  );

  it('have names of their own', () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });

  it('miss every service of the catalogue when it is gone', () => {
    const { expr } = rules.find(({ alert }) => alert === 'ServiceDown')!;
    const missed = [...expr.matchAll(/absent\(up\{job="services",service="([^"]+)"\}\)/g)];
    expect(missed.map(([, name]) => name)).toEqual(catalogue.map(({ name }) => name));
  });
});

describe('runbooks', () => {
  const table = readFileSync(join(ROOT, RUNBOOKS, 'README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ['));
  const rowOf = (file: string): string => table.find((line) => line.includes(`](${file})`)) ?? '';

  it.each(runbooks)('%s stands in the table, beside exactly the alerts that link it', (file) => {
    const linking = rules.filter(({ annotations }) => annotations['runbook']?.endsWith(`/${file}`));
    const named = [...rowOf(file).matchAll(/`(\w+)`/g)].map(([, alert]) => alert);
    expect(rowOf(file)).not.toBe('');
    expect(named.sort()).toEqual(linking.map(({ alert }) => alert).sort());
  });
});

describe('dashboards', () => {
  it('have uids and titles of their own', () => {
    for (const key of ['uid', 'title'] as const) {
      const values = dashboards.map(([, dashboard]) => dashboard[key]);
      expect(values).toEqual([...new Set(values)]);
      expect(values).not.toContain(undefined);
    }
  });

  it('ask the datasource that is provisioned', () => {
    const { datasources } = parse(read('grafana-datasources.yaml')) as {
      datasources: { uid: string }[];
    };
    const asking = dashboards.flatMap(([, { panels }]) => panels.filter(({ targets }) => targets));
    const uids = new Set(asking.map(({ datasource }) => datasource?.uid));
    expect([...uids]).toEqual(datasources.map(({ uid }) => uid));
  });

  it('are all given to Grafana', () => {
    const { configMapGenerator } = parse(read('kustomization.yaml')) as Kustomization;
    const given = configMapGenerator.find(({ name }) => name === 'grafana-dashboards')!.files;
    expect(given.sort()).toEqual(dashboards.map(([file]) => `dashboards/${file}`).sort());
  });
});
