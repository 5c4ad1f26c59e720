import {
  IconActivity,
  IconArrowsShuffle,
  IconChartBar,
  IconChecklist,
  IconLayoutList,
  IconTag,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Permission } from '../api/client';
import type { User } from '../api/session';
import type { Texts } from '../i18n/namespaces';
import { loadTexts } from '../i18n/texts';
import { addresses } from './addresses';

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
  } | null;
}

type Module = Record<string, ComponentType>;

/** Loads a page's code together with its texts. */
function page(
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

const DeadLetterBadge = lazy(async () => ({
  default: (await import('../features/operations/dead-letter-badge')).DeadLetterBadge,
}));

/** Own tasks, and the one that is open: one page, which keeps its state over both addresses. */
const tasks = page(
  addresses.tasks,
  'signed-in',
  'pages.tasks',
  () => import('../features/tasks/tasks-page'),
  {
    texts: ['tasks', 'task'],
    menu: { section: 'mine', icon: IconChecklist, shortcut: 't' },
  },
);

/** The one table of pages. */
export const pages: readonly Page[] = [
  page(addresses.logIn, 'anybody', 'pages.logIn', () => import('../features/access/log-in-page'), {
    texts: ['access'],
  }),
  page(
    addresses.signUp,
    'anybody',
    'pages.signUp',
    () => import('../features/access/sign-up-page'),
    { texts: ['access'] },
  ),
  page(
    addresses.registration,
    'anybody',
    'pages.registration',
    () => import('../features/access/registration-page'),
    { texts: ['access'] },
  ),
  tasks,
  { ...tasks, address: addresses.task, title: 'pages.task', menu: null },
  page(addresses.team, 'signed-in', 'pages.team', () => import('../features/board/team-page'), {
    texts: ['board'],
    menu: { section: 'mine', icon: IconUsers, role: 'manager' },
  }),
  page(
    addresses.board,
    'tasks.view-all',
    'pages.board',
    () => import('../features/board/board-page'),
    {
      texts: ['board', 'task'],
      menu: { section: 'work', icon: IconLayoutList, shortcut: 'b' },
    },
  ),
  page(
    addresses.distribution,
    'tasks.distribute',
    'pages.distribution',
    () => import('../features/distribution/distribution-page'),
    { texts: ['distribution'], menu: { section: 'work', icon: IconArrowsShuffle } },
  ),
  page(
    addresses.prices,
    'prices.configure',
    'pages.prices',
    () => import('../features/prices/prices-page'),
    {
      texts: ['prices'],
      menu: { section: 'company', icon: IconTag },
    },
  ),
  page(
    addresses.analytics,
    'analytics.view',
    'pages.analytics',
    () => import('../features/analytics/analytics-page'),
    {
      texts: ['analytics'],
      menu: { section: 'company', icon: IconChartBar, shortcut: 'a' },
    },
  ),
  page(
    addresses.users,
    'users.manage',
    'pages.users',
    () => import('../features/people/users-page'),
    {
      texts: ['people'],
      menu: { section: 'administration', icon: IconUsers },
    },
  ),
  page(addresses.user, 'users.manage', 'pages.user', () => import('../features/people/user-page'), {
    texts: ['people'],
  }),
  page(
    addresses.groups,
    'users.manage',
    'pages.groups',
    () => import('../features/people/groups-page'),
    {
      texts: ['people'],
      menu: { section: 'administration', icon: IconUsersGroup },
    },
  ),
  page(
    addresses.group,
    'users.manage',
    'pages.group',
    () => import('../features/people/group-page'),
    {
      texts: ['people'],
    },
  ),
  page(
    addresses.status,
    'operations.manage',
    'pages.status',
    () => import('../features/operations/status-page'),
    {
      texts: ['operations'],
      menu: {
        section: 'administration',
        icon: IconActivity,
        shortcut: 'o',
        Badge: DeadLetterBadge,
      },
    },
  ),
  page(
    addresses.deadLetters,
    'operations.manage',
    'pages.deadLetters',
    () => import('../features/operations/dead-letters-page'),
    {
      texts: ['operations'],
    },
  ),
  page(
    addresses.audit,
    'operations.manage',
    'pages.audit',
    () => import('../features/operations/audit-page'),
    {
      texts: ['operations'],
    },
  ),
];
