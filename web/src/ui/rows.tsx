import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import classes from './rows.module.css';
import { RowFocus } from './row-focus';
import { useIsPhone } from './use-is-phone';

/** Column of the table. */
export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  width?: string;
}

interface RowsProps<Row> {
  /** Says what the table shows, to screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  /** A row as a card of two lines, below 640 px. */
  card: (row: Row) => ReactNode;
  rows: readonly Row[];
  /** Rows in all, fetched or not, when that is known. */
  total?: number | undefined;
  keyOf: (row: Row) => string;
  /** Enter, or a press on the row. */
  onOpen?: (row: Row) => void;
  /** Letters pressed on a row: returns whether the key did something. */
  onKey?: (key: string, row: Row) => boolean;
  /** Marks a row: the open one, or a new one. */
  markOf?: (row: Row) => 'open' | 'new' | undefined;
  /** The end of the fetched rows comes in sight. */
  onEnd?: () => void;
}

const ROW_PX = { table: 48, card: 76 };
const OVERSCAN = 12;
/** So many rows before the end the next page is fetched. */
const AHEAD = 20;
const STEPS: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const ENDS: Record<string, 'first' | 'last'> = { Home: 'first', End: 'last' };

/**
 * The one table: only rows in sight are in the document. The rows are one tab stop: arrows (and j,
 * k) move, Tab enters the buttons of the row, Enter opens it. On phones the rows are cards.
 */
export function Rows<Row>(props: RowsProps<Row>) {
  const isPhone = useIsPhone();
  const { rows, onEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(frame.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (isPhone ? ROW_PX.card : ROW_PX.table),
    overscan: OVERSCAN,
    scrollMargin: margin,
    getItemKey: (index) => props.keyOf(rows[index]!),
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (rows.length > 0 && last >= rows.length - AHEAD) onEnd?.();
  }, [last, rows.length, onEnd]);

  const [active, setActive] = useState(0);
  const current = Math.min(active, rows.length - 1);
  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    virtual.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const row = rows[current];
    if (ctrlKey || metaKey || altKey || !row) return;
    const isOnRow = (target as HTMLElement).dataset['index'] !== undefined;
    const end = ENDS[key];
    if (STEPS[key] !== undefined) focusRow(current + STEPS[key]);
    else if (end !== undefined) focusRow(end === 'first' ? 0 : rows.length - 1);
    else if (isOnRow && key === 'Enter' && props.onOpen) props.onOpen(row);
    else if (!props.onKey?.(key, row)) return;
    event.preventDefault();
  };

  const before = items[0] ? items[0].start - margin : 0;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin);
  const attributes = (index: number, row: Row) => ({
    'data-index': index,
    ref: virtual.measureElement,
    tabIndex: index === current ? 0 : -1,
    onFocus: () => setActive(index),
    'data-mark': props.markOf?.(row),
    ...(props.onOpen && { onClick: openUnlessPressed(() => props.onOpen!(row)) }),
  });
  const shown = items.map(({ index, key }) => {
    const row = rows[index]!;
    return { index, key, row, isActive: index === current };
  });
  return (
    <div ref={frame} role="presentation" onKeyDown={onKeyDown} className={classes['frame']}>
      {isPhone ? (
        <ul className={classes['cards']} aria-label={props.caption}>
          <li aria-hidden style={{ height: before, padding: 0, border: 0 }} />
          {shown.map(({ index, key, row, isActive }) => (
            <li key={key} {...attributes(index, row)}>
              <RowFocus value={isActive}>{props.card(row)}</RowFocus>
            </li>
          ))}
          <li aria-hidden style={{ height: after, padding: 0, border: 0 }} />
        </ul>
      ) : (
        <table className={classes['table']} aria-rowcount={(props.total ?? rows.length) + 1}>
          <caption className="visually-hidden">{props.caption}</caption>
          <thead>
            <tr aria-rowindex={1}>
              {props.columns.map(({ key, title, align, width }) => (
                <th key={key} scope="col" data-align={align} style={{ width }}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space height={before} columns={props.columns.length} />
            {shown.map(({ index, key, row, isActive }) => (
              <tr key={key} aria-rowindex={index + 2} {...attributes(index, row)}>
                <RowFocus value={isActive}>
                  {props.columns.map(({ key: column, cell, align }) => (
                    <td key={column} data-align={align}>
                      {cell(row)}
                    </td>
                  ))}
                </RowFocus>
              </tr>
            ))}
            <Space height={after} columns={props.columns.length} />
          </tbody>
        </table>
      )}
    </div>
  );
}

/** Height of rows out of sight. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

/** A press on a button or a link of the row is not one on the row; nor is selecting text. */
function openUnlessPressed(open: () => void) {
  return ({ target }: { target: EventTarget }): void => {
    const isOnControl = (target as HTMLElement).closest('a, button, input, label') !== null;
    if (!isOnControl && getSelection()?.isCollapsed !== false) open();
  };
}
