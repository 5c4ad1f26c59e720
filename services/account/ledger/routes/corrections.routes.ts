import { z } from 'zod';
import { uuid } from '../../../shared/contracts/fields';
import type { Sidecar } from '../../../shared/dapr/sidecar';
import { created, RouteTable, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { reverseEntry, type Reversal } from '../commands/reverse-entry';
import { decisionRequest } from '../domain/decision';
import { statementOf, type EntryRecord } from '../queries/statement';
import { presentEntry } from './accounts.presenter';
import { entry, reason } from './accounts.schemas';

/** Returns the routes that correct entries, for accountants. */
export function correctionsRoutes(context: AccountContext, sidecar: Sidecar): readonly Route[] {
  return new RouteTable(policies).on('POST /entries/{id}/reverse', {
    summary: 'Correct a fee, a reward or a reversal by an opposite entry, once',
    tag: 'all money',
    params: z.strictObject({ id: uuid }),
    body: z.strictObject({ reason }),
    answers: { 201: entry },
    handle: async ({ params: { id }, body, ...asked }) => {
      const request = decisionRequest(asked, body);
      const reversal = await reverseEntry(context, { entryId: id, reason: body.reason, request });
      const shown = await entryOf(context, sidecar, reversal);
      return created(presentEntry(shown, context.currency));
    },
  }).routes;
}

/** Returns the reversal as its holder's statement shows it. */
async function entryOf(
  context: AccountContext,
  sidecar: Sidecar,
  { accountId, day, position }: Reversal,
): Promise<EntryRecord> {
  const before = { day, position: (BigInt(position) + 1n).toString() };
  const place = { accountId, from: day, to: day, before, count: 1 };
  const { entries } = await statementOf(context, sidecar, place);
  return entries[0]!;
}
