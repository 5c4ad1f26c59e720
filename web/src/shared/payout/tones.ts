import type { Schemas } from '../../api/client';
import type { Tone } from '../../ui/status-mark';

/** What the states of payouts mean. */
export const TONES: Readonly<Record<Schemas['Payout']['state'], Tone>> = {
  planned: 'quiet',
  transferring: 'waiting',
  unknown: 'waiting',
  needs_review: 'failed',
  failed: 'failed',
  paid: 'good',
  cancelled: 'quiet',
  returned: 'out',
};
