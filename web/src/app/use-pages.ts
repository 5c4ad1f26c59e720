import { useMe } from '../api/session';
import type { Page } from './page';
import { pages } from './routes';

/** Page with an entry in the menu. */
export type Listed = Page & { menu: NonNullable<Page['menu']> };

/** Returns the entries of the menu that the signed-in person sees. */
export function usePages(): readonly Listed[] {
  const user = useMe();
  return pages.flatMap((page) => {
    const { audience, menu } = page;
    const isSeen =
      audience === 'signed-in' || (audience !== 'anybody' && user?.permissions.includes(audience));
    const isListed = menu !== null && (menu.role === undefined || menu.role === user?.role);
    return isListed && isSeen ? [{ ...page, menu }] : [];
  });
}
