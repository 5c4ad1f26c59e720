import { Link, type LinkProps } from 'react-router';
import { useRowTabIndex } from './row-focus';

/** Link in a row: a tab stop only while the row is the active one. */
export function RowLink(props: LinkProps) {
  return <Link {...props} tabIndex={useRowTabIndex()} />;
}
