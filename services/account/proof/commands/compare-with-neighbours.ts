import type { Sidecar } from '../../../shared/dapr/sidecar';
import type { RowsSql } from '../../../shared/db/compared-rows';
import type { Check } from '../../../shared/operations/reconciliations';
import { compareSides, type OtherSide } from '../../../shared/work/compare-sides';
import type { AccountContext } from '../../context';
import { assignmentsOf, bankTransfersOf, finishedTasksOf } from '../clients/neighbours';
import { FEES, REWARDS, SUCCEEDED_ATTEMPTS } from '../queries/compared-rows';

/**
 * Returns the comparisons of the books with Board and Payment (invariants 2, 3 and 6); a finding is
 * the key of what one side lacks or has otherwise. They change nothing: a person decides.
 */
export function comparisonsOf(
  { database, now }: AccountContext,
  sidecar: Sidecar,
  perRange?: number,
): Check[] {
  const check = (name: string, ours: RowsSql, theirs: OtherSide): Check => ({
    name,
    run: async () => compareSides({ database, ours, theirs, perRange }, await now(database)),
  });
  return [
    check('assignments-fees', FEES, assignmentsOf(sidecar)),
    check('finished-tasks-rewards', REWARDS, finishedTasksOf(sidecar)),
    check('attempts-bank-transfers', SUCCEEDED_ATTEMPTS, bankTransfersOf(sidecar)),
  ];
}
