import { useEffect, useRef, useState } from 'react';
import classes from './search.module.css';

/** Typing is asked for after this pause. */
const PAUSE_MS = 300;

/**
 * Search field of a list: what is typed is asked for after a pause. A plain field: the library's
 * would be a part of the first load of every list.
 */
export function Search({
  label,
  value,
  className,
  onChange,
}: {
  label: string;
  value: string;
  className?: string | undefined;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  const ask = useRef(onChange);
  useEffect(() => {
    ask.current = onChange;
  });
  // The address changed otherwise: filters were cleared, or the browser went back.
  useEffect(() => {
    if (value !== asked.current) setTyped(value);
    asked.current = value;
  }, [value]);
  useEffect(() => {
    if (typed === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = typed;
      ask.current(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      className={`${classes['search']} ${className ?? ''}`}
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
