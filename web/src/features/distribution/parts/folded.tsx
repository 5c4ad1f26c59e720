import { useState } from 'react';
import classes from '../distribution.module.css';

/** Part that is opened by a press; what it holds is made, and its names fetched, only then. */
export function Folded({
  summary,
  children,
}: {
  summary: React.ReactNode;
  children: () => React.ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={classes['folded']}
      onToggle={({ currentTarget: { open } }) => setOpen(open)}
    >
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
}
