import { z } from 'zod';
import { day } from '../../../shared/contracts/fields';
import { ok, RouteTable, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { retryDay } from '../commands/retry-day';
import { decisionRequest } from '../domain/decision';

/** Returns the route that retries the failed payouts of a day. */
export function retriesRoutes(context: AccountContext): readonly Route[] {
  return new RouteTable(policies).on('POST /payouts/retry', {
    summary: 'Try all failed payouts of a day again, but those on hold and one’s own',
    tag: 'business days',
    body: z.strictObject({ day }),
    answers: { 200: z.object({ count: z.int() }) },
    handle: async ({ body, ...asked }) =>
      ok(await retryDay(context, body.day, decisionRequest(asked, body))),
  }).routes;
}
