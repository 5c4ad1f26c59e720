import { Suspense, lazy, useEffect, useRef, type KeyboardEvent } from 'react';
import { RowsBody, type ActiveRow, type RowsProps } from './rows-body';
import classes from './rows.module.css';
import type { VirtualRows as VirtualTable } from './virtual-rows';
import { useActiveRow } from './use-active-row';
import { useIsPhone } from './use-is-phone';

export type { Column } from './rows-body';

/** So many rows stand in the document as they are; more need the virtual table, which is large. */
const PLAIN_ROWS = 50;
const STEPS: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const ENDS: Record<string, 'first' | 'last'> = { Home: 'first', End: 'last' };

const VirtualRows = lazy(async () => ({
  default: (await import('./virtual-rows')).VirtualRows,
})) as unknown as typeof VirtualTable;

/**
 * The one table: of many rows, only those in sight are in the document. The rows are one tab stop:
 * arrows (and j, k) move, Tab enters the buttons of the row, Enter opens it. On phones the rows are
 * cards. Long lists stay fast when `columns`, `card` and `keyOf` are the same objects in each
 * render: then a row is rendered again only when it changes.
 */
export function Rows<Row>(props: RowsProps<Row>) {
  const isNarrow = useIsPhone() || props.isNarrow === true;
  const { rows } = props;
  const frame = useRef<HTMLDivElement>(null);
  const scrollTo = useRef<(index: number) => void>(() => undefined);
  const active = useActiveRow(props, frame, (index) => scrollTo.current(index));
  const isPlain = rows.length <= PLAIN_ROWS;
  const body = { ...props, isNarrow, active };
  return (
    <div
      ref={frame}
      role="presentation"
      onKeyDown={(event) => press(event, props, active)}
      className={classes['frame']}
    >
      {isPlain ? (
        <PlainRows {...body} />
      ) : (
        <Suspense fallback={<RowsBody {...body} items={placesOf(PLAIN_ROWS)} />}>
          <VirtualRows {...body} frame={frame} scrollTo={scrollTo} />
        </Suspense>
      )}
    </div>
  );
}

const placesOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function PlainRows<Row>(body: RowsProps<Row> & { isNarrow: boolean; active: ActiveRow }) {
  const { rows, onEnd } = body;
  useEffect(() => {
    if (rows.length > 0) onEnd?.();
  }, [rows.length, onEnd]);
  return <RowsBody {...body} items={placesOf(rows.length)} />;
}

function press<Row>(
  event: KeyboardEvent<HTMLElement>,
  { rows, onOpen, onKey }: RowsProps<Row>,
  { current, focusRow }: ActiveRow,
): void {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  // What a row has opened elsewhere on the page, a dialog, is no part of the table.
  if (!event.currentTarget.contains(target as Node)) return;
  const row = rows[current];
  if (ctrlKey || metaKey || altKey || !row) return;
  const isOnRow = (target as HTMLElement).dataset['index'] !== undefined;
  const end = ENDS[key];
  if (STEPS[key] !== undefined) focusRow(current + STEPS[key]);
  else if (end !== undefined) focusRow(end === 'first' ? 0 : rows.length - 1);
  else if (isOnRow && key === 'Enter' && onOpen) onOpen(row);
  else if (!onKey?.(key, row)) return;
  event.preventDefault();
}
