import { useState } from 'react';

/** What a form changes of something that has a version. */
export interface Draft<Fields> {
  /** What the form shows: what was changed, over what is stored. */
  values: Fields;
  /** What was changed and differs from what is stored: the body of a PATCH. */
  changes: Partial<Fields>;
  differing: readonly (keyof Fields)[];
  isChanged: boolean;
  /** The version that the person saw when the first change was made. */
  version: number;
  change(fields: Partial<Fields>): void;
  /** Takes what is stored. */
  drop(): void;
  /** Takes note of what is stored now, and keeps the changes. */
  keep(): void;
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * Keeps the changes of a form over what is stored, which may move meanwhile: untouched fields
 * follow it. A version that moved by other fields alone is no conflict.
 */
export function useDraft<Fields extends object>(
  stored: Fields & { version: number },
  keys: readonly (keyof Fields)[],
): Draft<Fields> {
  const [changed, setChanged] = useState<Partial<Fields>>({});
  const [seen, setSeen] = useState(stored);
  const differing = keys.filter((key) => key in changed && !isSame(changed[key], stored[key]));
  const isChanged = differing.length > 0;
  const isMoved = isChanged && keys.some((key) => !isSame(seen[key], stored[key]));
  const fieldsOf = (source: Partial<Fields>, names: readonly (keyof Fields)[]) =>
    Object.fromEntries(names.map((key) => [key, source[key]])) as Partial<Fields>;
  return {
    values: { ...fieldsOf(stored, keys), ...changed } as Fields,
    changes: fieldsOf(changed, differing),
    differing,
    isChanged,
    version: isMoved ? seen.version : stored.version,
    change(fields) {
      if (!isChanged) setSeen(stored);
      setChanged((before) => ({ ...(isChanged ? before : {}), ...fields }));
    },
    drop: () => setChanged({}),
    keep: () => setSeen(stored),
  };
}
