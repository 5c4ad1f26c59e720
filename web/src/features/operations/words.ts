/** Stable ids of the server that have words here. Others are shown as they are. */

export const services = [
  'auth',
  'user',
  'board',
  'account',
  'account-worker',
  'payment',
  'notify',
  'gateway',
] as const;

export const attentions = [
  'clock-off',
  'outbox-stuck',
  'dead-letters',
  'letters-given-up',
  'letters-waiting',
  'money-unexplained',
  'money-unchecked',
  'payouts-for-a-person',
  'bank-contradicts',
  'reconciliation-missing',
  'reconciliation-overdue',
] as const;

export const invariants = [
  'debits-equal-credits',
  'balance-is-sum-of-entries',
  'closing-holds-all-entries',
  'committed-covers-earlier-payouts',
  'earned-is-committed-carried-or-paid',
  'negative-is-carried',
  'paid-is-booked',
  'returned-is-booked-back',
  'returns-are-booked',
  'paid-within-earned',
] as const;

export const comparisons = [
  'events',
  'letters',
  'assignments-fees',
  'finished-tasks-rewards',
  'attempts-bank-transfers',
  'bank-transfers-statement',
] as const;

export const templates = [
  'bank-account-changed',
  'beak-shape-changed',
  'beak-shape-reset',
  'email-changed',
  'entry-reversed',
  'payout-paid',
  'payout-refused',
  'payout-returned',
] as const;

/** Events that a service may fail to process, as their `type` says. */
export const eventTypes = [
  'UserCreated.v1',
  'UserActivated.v1',
  'UserUpdated.v1',
  'UserDeactivated.v1',
  'AccountCreated.v1',
  'TaskAssigned.v1',
  'TaskFinished.v1',
] as const;

/** Kinds of audited changes, by the service that records them. */
export const actions = [
  'user.approved',
  'user.deactivated',
  'user.reactivated',
  'role.changed',
  'manager.changed',
  'nickname.changed',
  'email.changed',
  'locale.changed',
  'full-name.changed',
  'permissions.changed',
  'beak-shape.reset',
  'group.created',
  'group.renamed',
  'group.deleted',
  'group-permissions.changed',
  'group-member.added',
  'group-member.removed',
  'price-formula.added',
  'price-formula.withdrawn',
  'entry.reversed',
  'account.bank-account-changed',
  'account.bank-account-holder-changed',
  'account.payouts-held',
  'account.payouts-released',
  'business-day.closed',
  'payout.retried',
  'payout.cancelled',
  'payout.resolved',
  'payment-file.made',
  'payment-file.confirmed',
  'payment-file.rejected',
  'payment-file.status-read',
  'dead-letter.replayed',
  'dead-letter.discarded',
  'letter.resent',
] as const;
