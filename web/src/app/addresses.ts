/**
 * Addresses of pages, patterns of the router. The build writes them to `pages.json`: the gateway
 * answers these addresses, and no other, with `index.html`.
 */
export const addresses = {
  home: '/',
  logIn: '/login',
  signUp: '/sign-up',
  registration: '/sign-up/:id',
  tasks: '/tasks',
  task: '/tasks/:id',
  money: '/money',
  team: '/team',
  board: '/board',
  distribution: '/distribution',
  days: '/days',
  day: '/days/:day',
  payouts: '/payouts',
  payout: '/payouts/:id',
  paymentFiles: '/payment-files',
  accounts: '/accounts',
  companyAccount: '/accounts/company',
  account: '/accounts/:userId',
  prices: '/prices',
  analytics: '/analytics',
  users: '/admin/users',
  user: '/admin/users/:id',
  groups: '/admin/groups',
  group: '/admin/groups/:id',
  status: '/admin/operations/status',
  deadLetters: '/admin/operations/dead-letters',
  audit: '/admin/operations/audit',
  settings: '/settings',
} as const;
