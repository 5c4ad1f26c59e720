import type { Hint, HintTopic } from '../../shared/contracts/events/hints';
import type { Caller } from '../../shared/http/caller';

/** Hint as a client receives it: nothing but what its holder may read. */
export interface ToldHint {
  topic: HintTopic;
  /** Missing when everything of the topic may have changed. */
  ids?: string[];
}

/** Hints of one event, indexed by the people they concern. */
export class ToldHints {
  private readonly hints: readonly { hint: Hint; own: ReadonlyMap<string, string[] | undefined> }[];

  constructor(hints: readonly Hint[]) {
    this.hints = hints.map((hint) => ({
      hint,
      own: new Map(hint.people.map(({ userId, ids }) => [userId, ids])),
    }));
  }

  /** Returns the hints that concern the caller or that the caller's permissions let them see. */
  for(caller: Caller): ToldHint[] {
    return this.hints.flatMap(({ hint, own }): ToldHint[] => {
      const { topic, watchers, ids } = hint;
      if (watchers !== null && caller.permissions.includes(watchers)) return [told(topic, ids)];
      return own.has(caller.id) ? [told(topic, own.get(caller.id))] : [];
    });
  }

  /** Ids of people whose sessions changed. */
  get sessionsOf(): ReadonlySet<string> {
    const ofSessions = this.hints.filter(({ hint }) => hint.topic === 'session');
    return new Set(ofSessions.flatMap(({ own }) => [...own.keys()]));
  }
}

function told(topic: HintTopic, ids: string[] | undefined): ToldHint {
  return ids === undefined ? { topic } : { topic, ids };
}
