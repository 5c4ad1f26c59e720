import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

interface KeyedRows<Row> {
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  returnTo?: string | null;
}

/** The row of a table that has the tab stop. */
export interface ActiveRow {
  /** Its place among the rows. */
  current: number;
  activate(index: number): void;
  /** Makes a row the active one, scrolls to it, and gives it the focus. */
  focusRow(index: number): void;
  /** Gives the focus back to the active row, if there ever was one. */
  refocus(): void;
}

/** Keeps the tab stop of a table on its row: rows that come above it move it down. */
export function useActiveRow<Row>(
  { rows, keyOf, returnTo = null }: KeyedRows<Row>,
  frame: RefObject<HTMLElement | null>,
  scrollTo: (index: number) => void,
): ActiveRow {
  const [active, setActive] = useState({ index: 0, key: '' });
  const activate = (index: number): void => {
    setActive({ index, key: rows[index] ? keyOf(rows[index]) : '' });
  };
  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    activate(next);
    scrollTo(next);
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
    );
  };
  const returned = useRef<string | null>(null);
  useLayoutEffect(() => {
    const place = returnTo === null ? -1 : rows.findIndex((row) => keyOf(row) === returnTo);
    if (place >= 0 && returned.current !== returnTo) focusRow(place);
    returned.current = returnTo;
  });
  const current = placeOf(active, rows, keyOf);
  const refocus = (): void => {
    if (active.key !== '') focusRow(current);
  };
  return { current, activate, focusRow, refocus };
}

function placeOf<Row>(
  { index, key }: { index: number; key: string },
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): number {
  const row = rows[index];
  if (key === '' || (row && keyOf(row) === key)) return Math.min(index, rows.length - 1);
  const moved = rows.findIndex((each) => keyOf(each) === key);
  return moved >= 0 ? moved : Math.min(index, rows.length - 1);
}
