import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { catalogue, hasEvents, type Service } from '../../services/catalogue';
import { TRANSIENT_TOPICS, type Topic } from '../../services/shared/contracts/event';
import { ROOT } from '../stack/folders';
import { editedYaml, valueNamed } from './edited-yaml';
import type { GeneratedFile } from './generated-file';

const FOLDER = 'components';
/** Files that are no resources: the list itself, and the part of every service's Configuration. */
const NO_RESOURCES = ['kustomization.yaml', 'configuration.yaml'];
const BULK = { enabled: true, maxMessagesCount: 250, maxAwaitDurationMs: 10 };

const namesOf = (services: readonly Service[]): string[] => services.map(({ name }) => name);
const deadLetters = (topic: string, service: string): string => `${topic}.dead-letters.${service}`;

interface Read {
  service: string;
  topic: string;
  route: string;
  /** Undefined for a transient topic: nothing is kept. */
  deadLetterTopic?: string;
}

const keepsDeadLetters = (topic: Topic): boolean => !TRANSIENT_TOPICS.includes(topic);

/** Subscriptions to each topic that a service consumes, and to its dead letters. */
const reads: Read[] = catalogue.flatMap(({ name, subscribes }) =>
  subscribes.flatMap((topic): Read[] => {
    if (!keepsDeadLetters(topic)) return [{ service: name, topic, route: topic }];
    const deadLetterTopic = deadLetters(topic, name);
    const common = { service: name, deadLetterTopic };
    return [
      { ...common, topic, route: topic },
      // Its own dead-letter topic: events that cannot be recorded now are delivered again.
      { ...common, topic: deadLetterTopic, route: 'dead-letters' },
    ];
  }),
);

function nameOf({ service, topic }: Read): string {
  return topic.includes('.')
    ? `${service}-${topic.split('.')[0]}-dead-letters`
    : `${service}-${topic}`;
}

function subscription(read: Read): GeneratedFile {
  const resource = {
    apiVersion: 'dapr.io/v2alpha1',
    kind: 'Subscription',
    metadata: { name: nameOf(read), labels: { 'app.kubernetes.io/part-of': 'popug' } },
    spec: {
      pubsubname: 'pubsub',
      topic: read.topic,
      routes: { default: `/events/${read.route}` },
      ...(read.deadLetterTopic && { deadLetterTopic: read.deadLetterTopic }),
      bulkSubscribe: BULK,
    },
    scopes: [read.service],
  };
  return {
    path: `${FOLDER}/subscriptions/${nameOf(read)}.yaml`,
    text: `# By services/catalogue.ts: npm run generate.\n${stringify(resource)}`,
  };
}

/** Returns the topics that each service may use, in daprd's format `a=x,y;b=z`. */
function topicScopes(topicsOf: (service: Service) => readonly string[]): string {
  return catalogue
    .filter(hasEvents)
    .map((service) => `${service.name}=${topicsOf(service).join(',')}`)
    .join(';');
}

const deadLettersOf = ({ name, subscribes }: Service): string[] =>
  subscribes.filter(keepsDeadLetters).map((topic) => deadLetters(topic, name));

function writtenByHand(): string[] {
  return readdirSync(join(ROOT, FOLDER))
    .filter((file) => file.endsWith('.yaml') && !NO_RESOURCES.includes(file))
    .sort();
}

/** Returns Dapr's resources, computed from the catalogue. */
export function daprResources(): GeneratedFile[] {
  const subscriptions = reads.map(subscription);
  const withEvents = namesOf(catalogue.filter(hasEvents));
  const published = new Set(catalogue.flatMap(({ publishes }) => publishes));
  const allowed = [...published, ...catalogue.flatMap(deadLettersOf)];
  const setting = (name: string) => valueNamed(['spec', 'metadata'], name);
  return [
    ...subscriptions,
    editedYaml('components/pubsub.yaml', [
      [setting('allowedTopics'), allowed.join(',')],
      [
        setting('publishingScopes'),
        topicScopes((service) => [...service.publishes, ...deadLettersOf(service)]),
      ],
      [
        setting('subscriptionScopes'),
        topicScopes((service) => [...service.subscribes, ...deadLettersOf(service)]),
      ],
      [['scopes'], withEvents],
    ]),
    editedYaml('components/resiliency.yaml', [[['scopes'], withEvents]]),
    editedYaml('components/statestore.yaml', [
      [['scopes'], namesOf(catalogue.filter(({ keepsState }) => keepsState))],
    ]),
    editedYaml(`${FOLDER}/kustomization.yaml`, [
      [
        ['resources'],
        [...writtenByHand(), ...subscriptions.map(({ path }) => relative(FOLDER, path))],
      ],
    ]),
  ];
}
