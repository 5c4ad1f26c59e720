import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

const FRAMES = 30;

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
  /** Gives the focus that was lost back to the active row, if there ever was one. */
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
    focusSoon(frame, next, scrollTo, FRAMES);
  };
  const returned = useRef<string | null>(null);
  useLayoutEffect(() => {
    const place = returnTo === null ? -1 : rows.findIndex((row) => keyOf(row) === returnTo);
    if (place >= 0 && returned.current !== returnTo) focusRow(place);
    returned.current = returnTo;
  });
  const current = placeOf(active, rows, keyOf);
  const refocus = (): void => {
    if (active.key === '') return;
    // A frame later: what the page opened may have taken the focus.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) focusRow(current);
    });
  };
  return { current, activate, focusRow, refocus };
}

/** A row out of sight is in the document some frames after it was scrolled to. */
function focusSoon(
  frame: RefObject<HTMLElement | null>,
  index: number,
  scrollTo: (index: number) => void,
  frames: number,
): void {
  scrollTo(index);
  requestAnimationFrame(() => {
    const row = frame.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (row) row.focus();
    else if (frames > 0) focusSoon(frame, index, scrollTo, frames - 1);
  });
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
