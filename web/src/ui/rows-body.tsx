import { memo, useCallback, type ReactNode, type Ref } from 'react';
import { RowFocus } from './row-focus';
import classes from './rows.module.css';
import type { ActiveRow } from './use-active-row';

export type { ActiveRow };

/** Column of a table; `card` says where its cell stands on a phone's card. */
export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  width?: string;
}

export interface RowsProps<Row> {
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
  /** Cards at every width: something stands beside the rows. */
  isNarrow?: boolean;
  /** Key of a row that gets the focus, and is scrolled to: the one whose panel was closed. */
  returnTo?: string | null;
}

interface BodyProps<Row> extends RowsProps<Row> {
  active: ActiveRow;
  /** Places of the rows that are in the document. */
  items: readonly number[];
  /** Heights of the rows out of sight, in pixels. */
  before?: number;
  after?: number;
  measure?: Ref<HTMLElement>;
}

/** A table, or cards, of some of the rows; the rest is space above and below. */
export function RowsBody<Row>(props: BodyProps<Row>) {
  return props.isNarrow ? <Cards {...props} /> : <Table {...props} />;
}

function Cards<Row>(props: BodyProps<Row>) {
  const { caption, items, rows, keyOf, card, active, before = 0, after = 0 } = props;
  return (
    <ul className={classes['cards']} aria-label={caption}>
      {before > 0 && <li aria-hidden style={{ height: before, padding: 0, border: 0 }} />}
      {items.map((index) => (
        <li key={keyOf(rows[index]!)} {...attributesOf(props, index)}>
          <Inside row={rows[index]!} render={card} isActive={index === active.current} />
        </li>
      ))}
      {after > 0 && <li aria-hidden style={{ height: after, padding: 0, border: 0 }} />}
    </ul>
  );
}

function Table<Row>(props: BodyProps<Row>) {
  const { caption, columns, items, rows, keyOf, total = rows.length, active } = props;
  const cells = useCallback(
    (row: Row) =>
      columns.map(({ key, cell, align }) => (
        <td key={key} data-align={align}>
          {cell(row)}
        </td>
      )),
    [columns],
  );
  return (
    <table className={classes['table']} aria-rowcount={total + 1}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ key, title, align, width }) => (
            <th key={key} scope="col" data-align={align} style={{ width }}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Space height={props.before ?? 0} columns={columns.length} />
        {items.map((index) => (
          <tr key={keyOf(rows[index]!)} aria-rowindex={index + 2} {...attributesOf(props, index)}>
            <Inside row={rows[index]!} render={cells} isActive={index === active.current} />
          </tr>
        ))}
        <Space height={props.after ?? 0} columns={columns.length} />
      </tbody>
    </table>
  );
}

/** What a row shows: rendered again only when one of these changes. */
const Inside = memo(function Inside({
  row,
  render,
  isActive,
}: {
  row: unknown;
  render: (row: never) => ReactNode;
  isActive: boolean;
}) {
  return <RowFocus value={isActive}>{render(row as never)}</RowFocus>;
});

function attributesOf<Row>(
  { rows, active, measure, markOf, onOpen }: BodyProps<Row>,
  index: number,
) {
  const row = rows[index]!;
  return {
    'data-index': index,
    ref: measure as Ref<never>,
    tabIndex: index === active.current ? 0 : -1,
    onFocus: () => active.activate(index),
    'data-mark': markOf?.(row),
    ...(onOpen && { onClick: openUnlessPressed(() => onOpen(row)) }),
  };
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

/**
 * A press on a button or a link of the row is not one on the row; nor is selecting text, nor one in
 * a dialog that the row has opened.
 */
function openUnlessPressed(open: () => void) {
  return ({ target, currentTarget }: { target: EventTarget; currentTarget: Element }): void => {
    const element = target as HTMLElement;
    const isOnControl = element.closest('a, button, input, label') !== null;
    if (!currentTarget.contains(element) || isOnControl) return;
    if (getSelection()?.isCollapsed !== false) open();
  };
}
