import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffectEvent, useLayoutEffect, useState, type RefObject } from 'react';
import { RowsBody, type ActiveRow, type RowsProps } from './rows-body';

const ROW_PX = { table: 48, card: 76 };
const OVERSCAN = 6;
/** What sticks to the edges of the window; the style of rows says the same. */
const EDGE_PX = { top: 96, bottom: 128 };
/** So many rows before the end the next page is fetched. */
const AHEAD = 20;

/** Rows of which only those in sight are in the document; comes with the first long list. */
export function VirtualRows<Row>(
  props: RowsProps<Row> & {
    isNarrow: boolean;
    active: ActiveRow;
    frame: RefObject<HTMLElement | null>;
    /** Filled in here: how to scroll to a row that may not be in the document. */
    scrollTo: RefObject<(index: number) => void>;
  },
) {
  const { rows, keyOf, onEnd, isNarrow, active, frame, scrollTo } = props;
  const [margin, setMargin] = useState(0);
  // What stands above the table may grow.
  useLayoutEffect(() => {
    const measure = (): void => setMargin(frame.current?.offsetTop ?? 0);
    measure();
    const growth = new ResizeObserver(measure);
    growth.observe(document.body);
    return () => growth.disconnect();
  }, [frame]);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (isNarrow ? ROW_PX.card : ROW_PX.table),
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: EDGE_PX.top,
    scrollPaddingEnd: EDGE_PX.bottom,
    getItemKey: useCallback((index: number) => keyOf(rows[index]!), [rows, keyOf]),
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (last >= rows.length - AHEAD) onEnd?.();
  }, [last, rows.length, onEnd]);
  useLayoutEffect(() => {
    scrollTo.current = (index) => virtual.scrollToIndex(index, { align: 'auto' });
    return () => {
      scrollTo.current = () => undefined;
    };
  });
  // The rows that stood here before had the focus, and are gone.
  const refocus = useEffectEvent(() => active.refocus());
  useLayoutEffect(() => refocus(), [isNarrow]);
  return (
    <RowsBody
      {...props}
      items={items.map(({ index }) => index)}
      before={items[0] ? items[0].start - margin : 0}
      after={virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin)}
      measure={virtual.measureElement}
    />
  );
}
