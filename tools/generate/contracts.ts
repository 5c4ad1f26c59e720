import type { CallContract } from '../../services/shared/contracts/call';
import { allCalls } from '../../services/shared/contracts/calls/all';
import { cloudEvent, type EventContract } from '../../services/shared/contracts/event';
import { allEvents } from '../../services/shared/contracts/events/all';
import { jsonFile, type GeneratedFile } from './generated-file';
import { schemaOf, type JsonSchema } from './json-schema';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const DEFINITIONS = '#/$defs/';

/** Returns a self-contained schema, with its definitions. */
function standalone(title: string, type: EventContract['schema'], example: unknown): JsonSchema {
  const { schema, named } = schemaOf(type, DEFINITIONS);
  const definitions = Object.keys(named).length > 0 ? { $defs: named } : {};
  return { $schema: DRAFT, title, ...schema, examples: [example], ...definitions };
}

const kebab = (name: string): string =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Returns the path of the committed schema of an event. */
export function eventSchemaPath({ type }: EventContract): string {
  return `docs/schemas/events/${kebab(type)}.json`;
}

function eventFile(event: EventContract): GeneratedFile {
  return jsonFile(eventSchemaPath(event), standalone(event.type, event.schema, event.example));
}

/** Returns a call's name: `account.post-prices` for `POST /prices` of Account. */
function callName({ app, method, path }: CallContract<unknown, unknown>): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return `${app}.${[method.toLowerCase(), ...words.map(kebab)].join('-')}`;
}

function callFile(contract: CallContract<unknown, unknown>): GeneratedFile {
  const request = schemaOf(contract.request, `${DEFINITIONS}`);
  const response = schemaOf(contract.response, `${DEFINITIONS}`);
  const named = { ...request.named, ...response.named };
  return jsonFile(`docs/schemas/calls/${callName(contract)}.json`, {
    $schema: DRAFT,
    title: `${contract.method} ${contract.path} of ${contract.app}`,
    type: 'object',
    properties: { request: request.schema, response: response.schema },
    required: ['request', 'response'],
    examples: [contract.example],
    ...(Object.keys(named).length > 0 && { $defs: named }),
  });
}

const SCHEMAS = '#/components/schemas/';

function messageOf(event: EventContract, schemas: Record<string, JsonSchema>): JsonSchema {
  const { schema, named } = schemaOf(event.schema, SCHEMAS);
  Object.assign(schemas, named);
  return {
    name: event.type,
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        { $ref: `${SCHEMAS}CloudEvent` },
        { type: 'object', properties: { type: { const: event.type }, data: schema } },
      ],
    },
    examples: [{ name: event.type, payload: { type: event.type, data: event.example } }],
  };
}

/** Returns the topics and their events (AsyncAPI 3). */
function asyncApiFile(): GeneratedFile {
  const schemas: Record<string, JsonSchema> = {};
  const envelope = schemaOf(cloudEvent, SCHEMAS);
  schemas['CloudEvent'] = envelope.schema;
  const messages = Object.fromEntries(
    allEvents.map((event) => [event.type, messageOf(event, schemas)]),
  );
  const topics = [...new Set(allEvents.map(({ topic }) => topic))];
  const channels = topics.map((topic) => {
    const inside = allEvents.filter((event) => event.topic === topic);
    const refs = inside.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }]);
    return [topic, { address: topic, messages: Object.fromEntries(refs) as JsonSchema }];
  });
  const operations = topics.map((topic) => [
    `publish-${topic}`,
    { action: 'send', channel: { $ref: `#/channels/${topic}` } },
  ]);
  return jsonFile('docs/asyncapi.json', {
    asyncapi: '3.0.0',
    info: {
      title: 'Popug events',
      version: '1.0.0',
      description:
        'Topics are Redis streams behind the Dapr pub/sub component `pubsub`. Events are ' +
        'CloudEvents 1.0, delivered at least once and in any order.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(channels) as JsonSchema,
    operations: Object.fromEntries(operations) as JsonSchema,
    components: { messages, schemas },
  });
}

/** Returns all files that describe events and calls between services. */
export function contractFiles(): GeneratedFile[] {
  return [...allEvents.map(eventFile), ...allCalls.map(callFile), asyncApiFile()];
}
