import {
  IconActivity,
  IconArrowsShuffle,
  IconCalendarDollar,
  IconChartBar,
  IconChecklist,
  IconCoins,
  IconFileDollar,
  IconLayoutList,
  IconSend,
  IconTag,
  IconUsers,
  IconUsersGroup,
  IconWallet,
} from '@tabler/icons-react';
import { lazy } from 'react';
import { addresses } from './addresses';
import { page, type Page } from './page';

const FailedBadge = lazy(async () => ({
  default: (await import('../features/payouts/failed-badge')).FailedBadge,
}));
const WhenFiles = lazy(async () => ({
  default: (await import('../features/files/when-files')).WhenFiles,
}));
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
  page(addresses.money, 'signed-in', 'pages.money', () => import('../features/money/money-page'), {
    texts: ['money', 'statement', 'bankAccount'],
    menu: { section: 'mine', icon: IconCoins, shortcut: 'm' },
  }),
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
  page(
    addresses.days,
    'payouts.manage',
    'pages.days',
    () => import('../features/payouts/days-page'),
    {
      texts: ['payouts'],
      menu: { section: 'accounting', icon: IconCalendarDollar, shortcut: 'd' },
    },
  ),
  page(addresses.day, 'payouts.manage', 'pages.day', () => import('../features/payouts/day-page'), {
    texts: ['payouts'],
  }),
  page(
    addresses.payouts,
    'payouts.manage',
    'pages.payouts',
    () => import('../features/payouts/payouts-page'),
    {
      texts: ['payouts'],
      menu: { section: 'accounting', icon: IconSend, shortcut: 'p', Badge: FailedBadge },
    },
  ),
  page(
    addresses.payout,
    'payouts.manage',
    'pages.payout',
    () => import('../features/payouts/payout-page'),
    { texts: ['payouts'] },
  ),
  page(
    addresses.paymentFiles,
    'payouts.manage',
    'pages.paymentFiles',
    () => import('../features/files/files-page'),
    {
      texts: ['files'],
      menu: { section: 'accounting', icon: IconFileDollar, When: WhenFiles },
    },
  ),
  page(
    addresses.accounts,
    'accounting.view-all',
    'pages.accounts',
    () => import('../features/accounts/accounts-page'),
    { texts: ['accounts'], menu: { section: 'accounting', icon: IconWallet } },
  ),
  page(
    addresses.companyAccount,
    'accounting.view-all',
    'pages.companyAccount',
    () => import('../features/accounts/company-page'),
    { texts: ['accounts', 'statement'] },
  ),
  page(
    addresses.account,
    'accounting.view-all',
    'pages.account',
    () => import('../features/accounts/account-page'),
    { texts: ['accounts', 'statement'] },
  ),
  page(
    addresses.settings,
    'signed-in',
    'pages.settings',
    () => import('../features/settings/settings-page'),
    { texts: ['settings', 'bankAccount'] },
  ),
];
