import type { Icon } from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';
import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import type { Permission } from '../api/client';
import type { User } from '../api/session';
import type { Texts } from '../i18n/namespaces';
import { loadTexts } from '../i18n/texts';

/** Who sees a page: anybody, everybody signed in, or the holders of a permission. */
export type Audience = 'anybody' | 'signed-in' | Permission;

/** Sections of the menu, in their order. */
export const sections = ['mine', 'work', 'accounting', 'company', 'administration'] as const;

/** Page: drives router, gate, menu, palette and tests. */
export interface Page {
  address: string;
  audience: Audience;
  title: ParseKeys<'common'>;
  Component: LazyExoticComponent<ComponentType>;
  /** Fetches the page's code and texts. */
  load: () => Promise<unknown>;
  /** Entry of the menu and of the palette; null for pages that others lead to. */
  menu: {
    section: (typeof sections)[number];
    icon: Icon;
    shortcut?: string;
    /** Listed for this role only; the address stays open to the audience. */
    role?: User['role'];
    /** What waits there, as a number; comes when the browser is idle. */
    Badge?: LazyExoticComponent<ComponentType>;
    /** Decides whether the entry is there, for pages that not every company needs. */
    When?: LazyExoticComponent<ComponentType<{ children: ReactNode }>>;
  } | null;
}

type Module = Record<string, ComponentType>;

/** Loads a page's code together with its texts. */
export function page(
  address: string,
  audience: Audience,
  title: Page['title'],
  load: () => Promise<Module>,
  { texts, menu = null }: { texts: readonly (keyof Texts)[]; menu?: Page['menu'] },
): Page {
  const both = async (): Promise<{ default: ComponentType }> => {
    const [module] = await Promise.all([load(), loadTexts(...texts)]);
    const [Component] = Object.values(module);
    return { default: Component! };
  };
  return { address, audience, title, Component: lazy(both), load: both, menu };
}
