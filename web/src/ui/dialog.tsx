import { Suspense, lazy, type ReactNode } from 'react';

export interface DialogProps {
  title: string;
  onClose: () => void;
  /** Something was typed: neither Escape nor a press outside closes it. */
  isTouched?: boolean;
  /** At the bottom edge, over the full width: for phones. */
  isSheet?: boolean;
  children: ReactNode;
}

const Floating = lazy(async () => ({ default: (await import('./floating')).FloatingDialog }));

/** Modal dialog; rendered only while it is open. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <Floating {...props} />
    </Suspense>
  );
}
