import { Suspense, lazy, type ReactNode } from 'react';
import { Skeletons } from '../../ui/skeletons';
import { useMedia } from '../../ui/use-media';
import classes from './task.module.css';
import type { Finishing } from './use-finishing';

/** Lists do without it until a task is opened. */
const TaskPanel = lazy(async () => ({ default: (await import('./parts/task-panel')).TaskPanel }));

const ROWS = 6;
const WIDE = '(min-width: 1024px)';

/**
 * A page of tasks and the one that is open: beside the page where there is room, else in its place.
 * The page knows whether something is beside it, to show its rows as cards.
 */
export function WithTaskPanel({
  id,
  finishing,
  onClose,
  children,
}: {
  /** The open task; null for none. */
  id: string | null;
  finishing: Finishing;
  onClose: () => void;
  children: (isBeside: boolean) => ReactNode;
}) {
  const isWide = useMedia(WIDE);
  const isOpen = id !== null;
  const panel = isOpen && (
    <Suspense fallback={<Skeletons rows={ROWS} />}>
      <TaskPanel key={id} id={id} isScreen={!isWide} finishing={finishing} onClose={onClose} />
    </Suspense>
  );
  if (isOpen && !isWide) return panel;
  return (
    <div className={isOpen ? classes['split'] : undefined}>
      <div className={classes['page']}>{children(isOpen)}</div>
      {panel}
    </div>
  );
}
