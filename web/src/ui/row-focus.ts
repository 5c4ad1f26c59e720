import { createContext, useContext } from 'react';

/** Whether the row around has the tab stop. */
export const RowFocus = createContext(true);

/** Returns the `tabIndex` of a control in a row: only those of the active row are tab stops. */
export function useRowTabIndex(): 0 | -1 {
  return useContext(RowFocus) ? 0 : -1;
}
