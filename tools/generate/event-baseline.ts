import { allEvents } from '../../services/shared/contracts/events/all';
import { breakingChanges } from './compatibility';
import { eventSchemaPath } from './contracts';
import { committedText, type GeneratedFile } from './generated-file';
import type { JsonSchema } from './json-schema';

/** Returns how each event's new schema breaks the committed one; empty when none does. */
export function brokenEvents(files: readonly GeneratedFile[]): string[] {
  return allEvents.flatMap((event) => {
    const path = eventSchemaPath(event);
    const committed = committedText(path);
    const next = files.find((file) => file.path === path);
    if (committed === null || !next) return [];
    const parse = (text: string): JsonSchema => JSON.parse(text) as JsonSchema;
    const changes = breakingChanges(parse(committed), parse(next.text));
    return changes.map((change) => `${event.type}: ${change}`);
  });
}
