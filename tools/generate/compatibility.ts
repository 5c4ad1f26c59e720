import type { JsonSchema } from './json-schema';

/** What only explains, and may be changed freely. */
const ANNOTATIONS = ['$schema', 'title', 'description', 'examples', 'default'];

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema without explanations, its keys in order, as text. */
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
 * What an old consumer could not read in new events, or a new consumer in old ones (they are
 * replayed from outbox and dead letters). One rule: a field stays what it is; only optional
 * fields may be added. Anything else is a new version of the event, beside the old one.
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
