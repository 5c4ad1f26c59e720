import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { breakingChanges } from '../../tools/generate/compatibility';
import { contractFiles } from '../../tools/generate/contracts';
import { brokenEvents } from '../../tools/generate/event-baseline';
import type { JsonSchema } from '../../tools/generate/json-schema';
import { committedText } from '../../tools/generate/generated-file';
import { allCalls } from '../../services/shared/contracts/calls/all';
import { allEvents } from '../../services/shared/contracts/events/all';
import { serviceNamed, type ServiceName } from '../../services/catalogue';

const files = contractFiles();
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));

describe('the committed contracts', () => {
  it.each(files)('$path is what the code says: run npm run generate', ({ path, text }) => {
    expect(committedText(path)).toBe(text);
  });

  it.each(['events', 'calls'])('docs/schemas/%s has no file that nothing stands for', (folder) => {
    const expected = files
      .filter(({ path }) => path.includes(`/${folder}/`))
      .map(({ path }) => basename(path));
    expect(readdirSync(`docs/schemas/${folder}`).sort()).toEqual(expected.sort());
  });

  it.each(files.filter(({ path }) => path.startsWith('docs/schemas/')))(
    '$path accepts its own examples',
    ({ text }) => {
      const schema = JSON.parse(text) as { examples: unknown[] };
      const validate = ajv.compile(schema);
      expect(schema.examples.filter((example) => !validate(example))).toEqual([]);
    },
  );
});

describe('the contracts in the code', () => {
  it.each(allEvents)('$type accepts its example', ({ schema, example }) => {
    expect(schema.parse(example)).toEqual(example);
  });

  it.each(allCalls)(
    '$method $path of $app accepts its example',
    ({ request, response, example }) => {
      request.parse(example.request);
      response.parse(example.response);
    },
  );

  it('name every event and call once', () => {
    const types = allEvents.map(({ type }) => type);
    const calls = allCalls.map(({ app, method, path }) => `${app} ${method} ${path}`);
    expect(new Set(types).size).toBe(types.length);
    expect(new Set(calls).size).toBe(calls.length);
  });

  it('call services of the catalogue only', () => {
    for (const { app } of allCalls) expect(serviceNamed(app as ServiceName).name).toBe(app);
  });
});

/**
 * Backward compatibility of events: fields keep their type, and only optional fields may be added.
 * The committed schemas are the baseline: `npm run generate` refuses to overwrite them otherwise.
 */
describe('a change of an event', () => {
  it('is readable by consumers that run already', () => {
    expect(brokenEvents(files)).toEqual([]);
  });

  const text = { type: 'string' };
  const old = {
    type: 'object',
    properties: { id: text, status: { type: 'string', enum: ['a', 'b'] }, note: text },
    required: ['id', 'status'],
  };
  const changed = (change: object): typeof old => ({
    ...old,
    properties: { ...old.properties, ...change },
  });

  it.each([
    ['nothing changed', old],
    ['an optional field was added', changed({ more: text })],
    ['only explanations changed', changed({ id: { ...text, description: 'the id' } })],
    ['the order changed', { ...old, required: ['status', 'id'] }],
  ])('is fine when %s', (_, next) => {
    expect(breakingChanges(old, next)).toEqual([]);
  });

  it.each([
    ['a required field was removed', { ...changed({ id: undefined }), required: ['status'] }],
    ['an optional field was removed', changed({ note: undefined })],
    ['a type was changed', changed({ id: { type: 'integer' } })],
    ['a type was narrowed', changed({ id: { type: 'string', maxLength: 3 } })],
    ['null became possible', changed({ id: { type: ['string', 'null'] } })],
    ['a value was added', changed({ status: { type: 'string', enum: ['a', 'b', 'c'] } })],
    ['a value was taken away', changed({ status: { type: 'string', enum: ['a'] } })],
    ['a required field became optional', { ...old, required: ['id'] }],
    ['an optional field became required', { ...old, required: ['id', 'status', 'note'] }],
    [
      'a required field was added',
      { ...changed({ more: text }), required: ['id', 'status', 'more'] },
    ],
    ['the whole became something else', { ...old, type: 'array' }],
    ['unknown fields became forbidden', { ...old, additionalProperties: false }],
  ])('breaks when %s', (_, next) => {
    expect(breakingChanges(old, JSON.parse(JSON.stringify(next)) as JsonSchema)).toHaveLength(1);
  });
});
