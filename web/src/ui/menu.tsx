import { Suspense, lazy, useState, type ReactNode } from 'react';
import classes from './menu.module.css';
import { useRowTabIndex } from './row-focus';

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

/** Button that opens a list of actions. It is no more than a button until it is pressed. */
export function Menu(props: MenuProps) {
  const [isPressed, setPressed] = useState(false);
  const tabIndex = useRowTabIndex();
  const plain = (
    <button
      type="button"
      className={classes['button']}
      aria-label={props.ariaLabel}
      aria-haspopup="menu"
      aria-expanded={false}
      tabIndex={tabIndex}
      onClick={() => setPressed(true)}
      onKeyDown={({ key }) => {
        if (key === 'ArrowDown') setPressed(true);
      }}
    >
      {props.label}
    </button>
  );
  if (!isPressed) return plain;
  return (
    <Suspense fallback={plain}>
      <Floating {...props} />
    </Suspense>
  );
}
