import {
  MAX_HINTS,
  MAX_IDS,
  MAX_PEOPLE,
  thingsChanged,
  type Hint,
  type HintTopic,
} from '../contracts/events/hints';
import type { Permission } from '../contracts/fields';
import { event, type NewEvent } from './outbox';

/** More people are told without ids, so that an event stays small. */
const MAX_PEOPLE_WITH_IDS = 20;

/** A changed thing, and the person whose thing it is; null for nobody's. */
export interface ChangedThing {
  userId: string | null;
  /** Without an id, everything of the topic may differ. */
  id?: string;
}

/** Changed things of one topic. */
export interface Change {
  topic: HintTopic;
  things: readonly ChangedThing[];
  /** Permission whose holders are told of all of them; null for none. */
  watchers: Permission | null;
}

/** Returns the ids, or nothing when one is unknown or there are too many. */
function idsOf(things: readonly ChangedThing[]): { ids?: string[] } {
  const ids = [...new Set(things.map(({ id }) => id))];
  const isListed = ids.length > 0 && ids.length <= MAX_IDS && ids.every((id) => id !== undefined);
  return isListed ? { ids: ids as string[] } : {};
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, part) => items.slice(part * size, (part + 1) * size));
}

function hintsOf({ topic, things, watchers }: Change): Hint[] {
  if (things.length === 0) return [];
  const byPerson = new Map<string, ChangedThing[]>();
  for (const thing of things) {
    if (thing.userId === null) continue;
    const own = byPerson.get(thing.userId);
    if (own) own.push(thing);
    else byPerson.set(thing.userId, [thing]);
  }
  const isCrowd = byPerson.size > MAX_PEOPLE_WITH_IDS;
  const people = [...byPerson].map(([userId, own]) => ({ userId, ...(!isCrowd && idsOf(own)) }));
  const [first = [], ...others] = chunks(people, MAX_PEOPLE);
  if (first.length === 0 && watchers === null) return [];
  return [
    { topic, people: first, watchers, ...idsOf(things) },
    ...others.map((part) => ({ topic, people: part, watchers: null })),
  ];
}

/**
 * Returns the events that hint at committed changes, for `publish` in the transaction of the
 * change: clients fetch the things again. One event for all changes, unless they are too many.
 * Nobody to tell, no event.
 */
export function hintsAbout(changes: readonly Change[], occurredAt: Date): NewEvent[] {
  return chunks(changes.flatMap(hintsOf), MAX_HINTS).map((hints) =>
    event(thingsChanged, hints[0]!.topic, { hints }, occurredAt),
  );
}
