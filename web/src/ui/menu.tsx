import { Button } from '@mantine/core';
import { Suspense, lazy, type ReactNode } from 'react';

/** Entry of a menu; `isChecked` makes it one of a choice. */
export interface MenuItem {
  key: string;
  label: string;
  onChoose: () => void;
  isChecked?: boolean;
  lang?: string;
}

export interface MenuProps {
  label: ReactNode;
  ariaLabel: string;
  groups: readonly { label?: string; items: readonly MenuItem[] }[];
}

const Floating = lazy(async () => ({ default: (await import('./floating')).FloatingMenu }));

/** Button that opens a list of actions; without a list until the floating parts are there. */
export function Menu(props: MenuProps) {
  const plain = (
    <Button variant="subtle" size="compact-md" aria-label={props.ariaLabel}>
      {props.label}
    </Button>
  );
  return (
    <Suspense fallback={plain}>
      <Floating {...props} />
    </Suspense>
  );
}
