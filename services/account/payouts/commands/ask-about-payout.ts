import { askTransfer } from '../clients/payment';
import type { PayoutContext } from '../context';
import { verdictOf, type Verdict } from '../domain/payout';
import type { Attempt } from '../queries/attempts';

/** Asks Payment for the state of an attempt. */
export async function askAboutPayout(
  { sidecar }: PayoutContext,
  { key }: Attempt,
): Promise<Verdict> {
  return verdictOf(await askTransfer(sidecar, key));
}
