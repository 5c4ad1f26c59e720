import { describeDecision, present } from '../../testing/decisions';
import { cancelPayout } from './cancel-payout';

describe('to give a payout up', () => {
  describeDecision({
    from: 'failed',
    becomes: 'cancelled',
    action: 'payout.cancelled',
    decide: (context, decision) => cancelPayout(context, decision, present),
  });
});
