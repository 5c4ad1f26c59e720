import { Suspense, lazy } from 'react';
import type { NewTaskProps } from './parts/new-task-dialog';

const Dialog = lazy(async () => ({
  default: (await import('./parts/new-task-dialog')).NewTaskDialog,
}));

/** Dialog for a new task; its code comes when it is opened. */
export function NewTask(props: NewTaskProps) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  );
}
