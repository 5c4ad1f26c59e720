import { Suspense, lazy, useEffect, type ReactNode } from 'react';
import { useIdle } from '../../ui/use-idle';
import { Skeletons } from '../../ui/skeletons';
import { useKeys } from '../../ui/use-keys';
import { useMedia } from '../../ui/use-media';
import classes from './task.module.css';
import type { Finishing } from './use-finishing';

/** The first paint of a list does without it. */
const load = () => import('./parts/task-panel');
const TaskPanel = lazy(async () => ({ default: (await load()).TaskPanel }));

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
  const isIdle = useIdle();
  useEffect(() => {
    if (isIdle) void load();
  }, [isIdle]);
  const isOpen = id !== null;
  const panel = isOpen && (
    <Suspense fallback={<Loading isScreen={!isWide} onClose={onClose} />}>
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

function Loading({ isScreen, onClose }: { isScreen: boolean; onClose: () => void }) {
  useKeys({ Escape: onClose });
  return (
    <div className={isScreen ? undefined : classes['panel']}>
      <Skeletons rows={ROWS} />
    </div>
  );
}
