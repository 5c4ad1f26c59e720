import { catalogue, hasEvents } from '../../services/catalogue';
import { render, type Manifest } from '../../tools/kubernetes/kustomize';
import { withFeature } from '../support/overlays';

const RENDER_MS = 120_000;

interface Container {
  name: string;
  env?: { name: string; valueFrom?: { secretKeyRef?: { name: string } } }[];
}
interface Workload {
  template: {
    metadata: { labels: Record<string, string> };
    spec: { initContainers: Container[] };
  };
}

const withEvents = catalogue.filter(hasEvents).map(({ name }) => name);
let rendered: Manifest[];

beforeAll(async () => {
  rendered = await withFeature(['kafka'], render);
}, RENDER_MS);

it('with Kafka the services that have events use the broker, and only those', () => {
  const brokers = rendered.filter(
    ({ kind, metadata }) => kind === 'Component' && metadata.name === 'pubsub',
  );
  expect(brokers.map(({ spec }) => (spec as { type: string }).type)).toEqual(['pubsub.kafka']);
  expect((brokers[0] as { scopes?: string[] }).scopes).toEqual(withEvents);
});

it.each(withEvents)('with Kafka %s waits for it and reaches it, and needs no Redis', (name) => {
  const found = rendered.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === name,
  )!;
  const { metadata, spec } = (found.spec as Workload).template;
  expect(metadata.labels).toMatchObject({ 'popug.example/reaches-kafka': 'true' });
  expect(metadata.labels).not.toHaveProperty(['popug.example/reaches-redis']);
  const waiting = spec.initContainers.find((container) => container.name === 'wait')!;
  const broker = waiting.env!.find((variable) => variable.name === 'WAIT_FOR_BROKER');
  expect(broker?.valueFrom?.secretKeyRef?.name).toBe('kafka');
});
