import type { JsonSchema } from './json-schema';

/** Keywords that only explain; they may change freely. */
const ANNOTATIONS = ['$schema', 'title', 'description', 'examples', 'default'];

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the schema as text, without explanations and with sorted keys. */
function meaning(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (!isObject(part)) return part;
    const kept = Object.entries(part).filter(([key]) => !ANNOTATIONS.includes(key));
    return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

interface Fields {
  properties: Record<string, JsonSchema>;
  required: string[];
}

function fieldsOf(schema: JsonSchema): Fields {
  const { properties = {}, required = [] } = schema as Partial<Fields>;
  return { properties, required };
}

function changeOf(name: string, old: Fields, next: Fields): string[] {
  const [before, after] = [old.properties[name], next.properties[name]];
  const wasRequired = old.required.includes(name);
  const isRequired = next.required.includes(name);
  if (!before) return isRequired ? [`${name}: added as required, older events have it not`] : [];
  if (!after) return [`${name}: removed`];
  if (meaning(before) !== meaning(after)) return [`${name}: another type, range or set of values`];
  if (wasRequired && !isRequired) return [`${name}: no longer always there`];
  if (!wasRequired && isRequired) return [`${name}: now required, older events may lack it`];
  return [];
}

/**
 * Returns the changes that break an old consumer of new events, or a new consumer of old events
 * (events are replayed from outbox and dead letters). A field must stay as it is; only optional
 * fields may be added. Any other change needs a new version of the event beside the old one.
 */
export function breakingChanges(old: JsonSchema, next: JsonSchema): string[] {
  const [before, after] = [fieldsOf(old), fieldsOf(next)];
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  const changes = [...names].flatMap((name) => changeOf(name, before, after));
  const isSameOtherwise =
    meaning({ ...old, properties: {}, required: [] }) ===
    meaning({ ...next, properties: {}, required: [] });
  return isSameOtherwise ? changes : [...changes, 'the event as a whole: another type'];
}
