import { createContext, useContext } from 'react';

/** Whether the row around has the tab stop. */
export const RowFocus = createContext(true);

/** Returns the `tabIndex` of a control in a row: only those of the active row are tab stops. */
export function useRowTabIndex(): 0 | -1 {
  return useContext(RowFocus) ? 0 : -1;
}

const ROW = '[data-index]';
const ACTIVE_ROW = `${ROW}[tabindex="0"]`;

/**
 * Moves the focus to the active row of the page, and presses a key there; null for none. A key that
 * came from a row has been there already.
 */
export function pressOnRow(key: string | null): void {
  if (document.activeElement?.closest(ROW)) return;
  const row = document.querySelector<HTMLElement>(ACTIVE_ROW);
  row?.focus();
  if (key === null) return;
  row?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}
