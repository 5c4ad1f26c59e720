import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Reads one value of the query string; returns `fallback` for absent and unknown values. */
export interface Field<Value> {
  fallback: Value;
  read(text: string): Value | undefined;
  write(value: Value): string;
}

/** One of a list of words; the fallback is not written. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  fallback: NoInfer<Word>,
): Field<Word> {
  return {
    fallback,
    read: (text) => words.find((word) => word === text),
    write: (word) => word,
  };
}

/** One of a list of words, or none of them. */
export function maybeOneOf<const Word extends string>(words: readonly Word[]): Field<Word | null> {
  return {
    fallback: null,
    read: (text) => words.find((word) => word === text),
    write: (word) => word ?? '',
  };
}

const MAX_TEXT = 100;

/** Free text. */
export const text: Field<string> = {
  fallback: '',
  read: (value) => value.slice(0, MAX_TEXT),
  write: (value) => value,
};

/** True or false. */
export const flag: Field<boolean> = {
  fallback: false,
  read: (value) => (value === 'true' ? true : undefined),
  write: String,
};

/** Text of a form (`YYYY-MM-DD`, a uuid), or none. */
export function matching(pattern: RegExp): Field<string | null> {
  return {
    fallback: null,
    read: (value) => (pattern.test(value) ? value : undefined),
    write: (value) => value ?? '',
  };
}

export const day = matching(/^\d{4}-\d{2}-\d{2}$/);
export const id = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** Field of any type: what it writes is what it read. */
interface AnyField {
  fallback: unknown;
  read(text: string): unknown;
  write(value: never): string;
}

type Fields = Record<string, AnyField>;
type Values<F extends Fields> = { [Key in keyof F]: F[Key]['fallback'] };

/** Values of the query string, and how they change. */
export interface Address<F extends Fields> {
  values: Values<F>;
  /** Whether any value differs from its fallback. */
  isFiltered: boolean;
  /** A choice pushes history; typing (`replace`) replaces it. */
  change(values: Partial<Values<F>>, how?: { replace: boolean }): void;
  clear(): void;
}

/**
 * Keeps a page's filters in the query string: fallbacks are absent, unknown values are dropped, and
 * other parameters stay.
 */
export function useAddress<F extends Fields>(fields: F): Address<F> {
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const found = search.get(name);
      return [name, (found === null ? undefined : field.read(found)) ?? field.fallback];
    }),
  ) as Values<F>;
  const change = useCallback<Address<F>['change']>(
    (changed, { replace } = { replace: false }) => {
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changed)) {
            const field = fields[name]!;
            if (value === field.fallback) after.delete(name);
            else after.set(name, field.write(value as never));
          }
          return after;
        },
        { replace, preventScrollReset: true },
      );
    },
    [fields, setSearch],
  );
  return {
    values,
    isFiltered: Object.entries(fields).some(([name, field]) => values[name] !== field.fallback),
    change,
    clear: () =>
      change(
        Object.fromEntries(
          Object.entries(fields).map(([name, field]) => [name, field.fallback]),
        ) as Partial<Values<F>>,
      ),
  };
}
