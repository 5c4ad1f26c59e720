import { useEffect, useRef } from 'react';
import { readPreference } from '../lib/preferences';

const TYPED_INTO = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [role="menu"]';
const MODAL = '[role="dialog"][aria-modal="true"]';

/**
 * Keys of a page, pressed anywhere on it: not while typing, not under a dialog, not with a
 * modifier, and not when they are switched off in the settings.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event;
      const run = current.current[key];
      if (!run || defaultPrevented || ctrlKey || metaKey || altKey) return;
      if (target instanceof Element && target.closest(TYPED_INTO)) return;
      if (document.querySelector(MODAL) || readPreference('shortcuts') === 'off') return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
