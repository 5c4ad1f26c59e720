import type { DecisionRequest } from '../../ledger/domain/decision';

export { decisionRequest, type DecisionRequest } from '../../ledger/domain/decision';

/** Decision of an accountant about a payout. */
export interface Decision {
  payoutId: string;
  request: DecisionRequest;
}
