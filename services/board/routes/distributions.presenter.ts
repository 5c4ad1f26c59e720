import type { z } from 'zod';
import { toMoney } from '../../shared/kernel/money';
import type { distributeTasks } from '../commands/distribute-tasks';
import type { DistributionPreview } from '../queries/preview-distribution';
import type { distributionView, previewView } from './distributions.schemas';

type Distribution = Awaited<ReturnType<typeof distributeTasks>>;

/** Returns the API's view of a distribution. */
export function presentDistribution(
  done: Distribution,
  currency: string,
): z.infer<typeof distributionView> {
  const { id, scope, pressedBy, pressedAt, taskCount, feesCents, people } = done;
  const fees = feesCents === null ? null : toMoney(feesCents, currency);
  return { id, scope, by: pressedBy, at: pressedAt.toISOString(), taskCount, fees, people };
}

/** Returns the API's view of a preview. */
export function presentPreview(
  { feesCents, ...preview }: DistributionPreview,
  currency: string,
): z.infer<typeof previewView> {
  return { ...preview, fees: toMoney(feesCents, currency) };
}
