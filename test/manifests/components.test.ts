import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { catalogue } from '../../services/catalogue';
import { TRANSIENT_TOPICS, type Topic } from '../../services/shared/contracts/event';
import { allEvents } from '../../services/shared/contracts/events/all';
import { createApp } from '../../tools/generate/programs';
import { daprSecrets } from '../../tools/stack/dapr-secrets';
import { COMPONENTS } from '../../tools/stack/folders';
import { sidecarArguments } from '../../tools/stack/sidecar';

interface Metadata {
  name: string;
  value?: string;
  secretKeyRef?: { name: string; key: string };
}
interface Policy {
  policy: string;
  maxInterval: string;
  maxRetries: number;
  matching?: { httpStatusCodes: string };
}
interface Targets {
  apps?: Record<string, { retry: string }>;
  components?: Record<string, { inbound: { timeout: string; retry: string } }>;
}
interface Resource {
  kind: string;
  metadata: { name: string };
  scopes?: string[];
  auth?: { secretStore: string };
  spec: {
    type: string;
    version: string;
    metadata: Metadata[];
    topic: string;
    routes: { default: string; rules?: unknown };
    deadLetterTopic?: string;
    bulkSubscribe: { enabled: boolean; maxMessagesCount: number };
    policies: { timeouts: Record<string, string>; retries: Record<string, Policy> };
    targets: Targets;
  };
}

/** daprd's exponential backoff: first delay, factor, jitter (dapr/kit, retry.go). */
const FIRST_DELAY_S = 0.5;
const GROWTH = 1.5;
const STRAY = 0.5;
/** Seconds until a service without database reports that it cannot consume. */
const DATABASE_GRACE_S = 5;

function read(folder: string): Resource[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Resource);
}

const resources = read(COMPONENTS);
const subscriptions = read(join(COMPONENTS, 'subscriptions'));
const named = (name: string): Resource => {
  const found = resources.find((each) => each.metadata.name === name);
  if (!found) throw new Error(`No resource ${name}`);
  return found;
};
const setting = (component: string, name: string): string => {
  const found = named(component).spec.metadata.find((each) => each.name === name)?.value;
  if (found === undefined) throw new Error(`${component} has no ${name}`);
  return found;
};
const seconds = (duration: string): number => {
  const [, amount, unit] = /^(\d+)(s|m|h)$/.exec(duration) ?? [];
  return Number(amount) * { s: 1, m: 60, h: 3_600 }[unit as 's']!;
};
/** Parses `a=x,y;b=z` to a: [x, y], b: [z]. */
const scopes = (name: string): Map<string, string[]> =>
  new Map(
    setting('pubsub', name)
      .split(';')
      .map((part) => part.split('='))
      .map(([app, topics]) => [app!, topics!.split(',').filter(Boolean)]),
  );
const apps = catalogue.map((service) => service.name);
const appOf = (subscription: Resource): string => subscription.scopes?.[0] ?? '';

it.each(catalogue)('$name consumes the topics that the catalogue says', async (service) => {
  const { parts, subscriptions: consumed = [], close } = createApp(service);
  expect(consumed.map(({ topic }) => topic).sort()).toEqual([...service.subscribes].sort());
  await (close?.() ?? parts.sidecar.close());
});

describe('subscriptions', () => {
  const publishing = scopes('publishingScopes');
  const reading = scopes('subscriptionScopes');
  const allowed = setting('pubsub', 'allowedTopics').split(',');

  it.each(subscriptions.map((each) => [each.metadata.name, each] as const))(
    '%s may read its topic and write its dead letters',
    (_, subscription) => {
      const app = appOf(subscription);
      const { topic, deadLetterTopic } = subscription.spec;
      expect(subscription.scopes).toEqual([app]);
      expect(apps).toContain(app);
      expect(named('pubsub').scopes).toContain(app);
      expect(allowed).toContain(topic);
      expect(reading.get(app)).toContain(topic);
      const isTransient = TRANSIENT_TOPICS.includes(topic as Topic);
      expect(deadLetterTopic === undefined).toBe(isTransient);
      if (isTransient) return;
      expect(allowed).toContain(deadLetterTopic);
      expect(publishing.get(app)).toContain(deadLetterTopic);
      expect(reading.get(app)).toContain(deadLetterTopic);
    },
  );

  it.each(subscriptions.map((each) => [each.metadata.name, each] as const))(
    '%s has one route, and bulk delivery within the concurrency',
    (_, { spec }) => {
      const isDeadLetters = spec.topic.includes('.dead-letters.');
      const route = isDeadLetters ? '/events/dead-letters' : `/events/${spec.topic}`;
      expect(spec.routes).toEqual({ default: route });
      expect(spec.bulkSubscribe.enabled).toBe(true);
      const concurrency = Number(setting('pubsub', 'concurrency'));
      expect(spec.bulkSubscribe.maxMessagesCount).toBeLessThanOrEqual(concurrency);
    },
  );

  it('read every dead-letter topic, by the service it belongs to', () => {
    for (const subscription of subscriptions) {
      const { topic, deadLetterTopic } = subscription.spec;
      if (deadLetterTopic === undefined) continue;
      const app = appOf(subscription);
      if (!topic.includes('.dead-letters.'))
        expect(deadLetterTopic).toBe(`${topic}.dead-letters.${app}`);
      const readers = subscriptions.filter((each) => each.spec.topic === deadLetterTopic);
      expect(readers.map(appOf)).toEqual([app]);
    }
  });

  it('leave no topic of the contracts without a consumer and its one publisher; hints have more', () => {
    const topics = [...new Set(allEvents.map((event) => event.topic))];
    for (const topic of topics) {
      const publishers = [...publishing]
        .filter(([, may]) => may.includes(topic))
        .map(([app]) => app);
      const expected = catalogue.filter(({ publishes }) => publishes.includes(topic));
      expect(publishers).toEqual(expected.map(({ name }) => name));
      if (topic !== 'hints') expect(publishers).toHaveLength(1);
      expect(subscriptions.map((each) => each.spec.topic)).toContain(topic);
    }
  });
});

describe('delivery of events', () => {
  const { policies, targets } = named('resiliency').spec;
  const inbound = targets.components!.pubsub!.inbound;
  const policy = policies.retries[inbound.retry]!;
  const perTry = seconds(policies.timeouts[inbound.timeout]!);
  const delays = Array.from({ length: policy.maxRetries }, (_, index) =>
    Math.min(FIRST_DELAY_S * GROWTH ** index, seconds(policy.maxInterval)),
  );
  const usual = delays.reduce((sum, delay) => sum + delay, 0);

  it('is tried a limited number of times, with growing delay, by every reader', () => {
    expect(policy.policy).toBe('exponential');
    expect(policy.maxRetries).toBeGreaterThan(0);
    expect(named('resiliency').scopes).toEqual(named('pubsub').scopes);
  });

  it('gives up before the same event is delivered a second time beside it', () => {
    const longest = usual * (1 + STRAY) + perTry * (policy.maxRetries + 1);
    expect(longest).toBeLessThan(seconds(setting('pubsub', 'processingTimeout')));
  });

  it('goes on until the health check holds events back', () => {
    const args = sidecarArguments({
      appId: 'board',
      ports: catalogue[0]!.ports,
      componentsDirectory: COMPONENTS,
    });
    const flag = (name: string): number => Number(args[args.indexOf(`--${name}`) + 1]);
    const noticed = flag('app-health-probe-interval') * flag('app-health-threshold');
    expect(usual * (1 - STRAY)).toBeGreaterThan(DATABASE_GRACE_S + noticed);
  });

  it('counts no waiting event as being processed', () => {
    const depth = Number(setting('pubsub', 'queueDepth'));
    expect(depth).toBeLessThanOrEqual(Number(setting('pubsub', 'concurrency')));
  });

  it('says the redelivery interval in milliseconds, the only form daprd reads', () => {
    expect(setting('pubsub', 'redeliverInterval')).toMatch(/^\d+$/);
  });
});

describe('the rest', () => {
  const policiesOf = resources.filter((each) => each.kind === 'Resiliency');

  it('fires the payout schedule at the worker only, and repeats no tick', () => {
    expect(named('payout-schedule').scopes).toEqual(['account-worker']);
    expect(setting('payout-schedule', 'direction')).toBe('input');
    const repeated = policiesOf.flatMap((each) => Object.keys(each.spec.targets.components ?? {}));
    expect(repeated).toEqual(['pubsub']);
  });

  it('repeats calls between services only on answers that say "later"', () => {
    const calls = policiesOf.filter((each) => each.spec.targets.apps);
    for (const each of calls) {
      expect(each.scopes).toHaveLength(1);
      // The gateway retries only requests that did not arrive: clients get 429 and 503.
      const later = each.scopes![0] === 'gateway' ? '502,504' : '429,502-504';
      for (const policy of Object.values(each.spec.policies.retries)) {
        expect(policy.matching?.httpStatusCodes).toBe(later);
        expect(policy.maxRetries).toBeGreaterThan(0);
      }
      expect(apps).toEqual(expect.arrayContaining(Object.keys(each.spec.targets.apps!)));
    }
  });

  it('takes every host and secret from the secret store, by keys the local start writes', () => {
    const secrets = daprSecrets(
      'redis://:secret@somewhere:1/2',
      'postgres://x',
    ) as unknown as Record<string, Record<string, string>>;
    const references = resources.flatMap((each) => each.spec.metadata ?? []);
    const keys = references.flatMap(({ secretKeyRef }) => secretKeyRef ?? []);
    expect(keys.length).toBeGreaterThan(0);
    for (const { name, key } of keys) expect(secrets[name]).toHaveProperty(key);
    const withSecrets = resources.filter((each) =>
      each.spec.metadata?.some((item) => item.secretKeyRef),
    );
    for (const each of withSecrets) expect(each.auth?.secretStore).toBe('kubernetes');
  });

  it('is scoped: no component is loaded by a service that does not need it', () => {
    const components = resources.filter((each) => each.kind === 'Component');
    for (const component of components) {
      expect(apps).toEqual(expect.arrayContaining(component.scopes ?? ['(everybody)']));
    }
  });

  it('removes no living sidecar from the local list of names, and looks for no changed files', () => {
    const file = join(COMPONENTS, 'local', 'configuration.yaml');
    const { spec } = parse(readFileSync(file, 'utf8')) as {
      spec: {
        nameResolution: { configuration: { cleanupInterval: string } };
        features: { name: string; enabled: boolean }[];
      };
    };
    expect(spec.nameResolution.configuration.cleanupInterval).toBe('0s');
    expect(spec.features).toEqual([{ name: 'HotReload', enabled: false }]);
  });

  it('uses the state store that keeps time to live and value in one row', () => {
    expect(named('statestore').spec).toMatchObject({ type: 'state.postgresql', version: 'v2' });
  });
});
