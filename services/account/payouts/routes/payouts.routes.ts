import { decodeCursor, toPage } from '../../../shared/http/cursor';
import { ok, RouteTable, type Answer, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { cancelPayout } from '../commands/cancel-payout';
import { resolvePayout, type ReviewDesk } from '../commands/resolve-payout';
import { retryPayout } from '../commands/retry-payout';
import { decisionRequest } from '../domain/decision';
import { listPayouts, readPayout, type PayoutFilter, type PayoutRecord } from '../queries/payouts';
import { presentOwnPayout, presentPayout, type PayoutView } from './payouts.presenter';
import * as schemas from './payouts.schemas';

const tag = 'business days';
const params = schemas.payoutParams;
const answers = { 200: schemas.payoutView };

/** Returns the routes of payouts: for accountants, and of the caller's own. */
export function payoutsRoutes(context: ReviewDesk): readonly Route[] {
  return [...shownPayouts(context), ...decisions(context)];
}

function shownPayouts({ database, currency }: AccountContext): readonly Route[] {
  const present = (payout: PayoutRecord): PayoutView => presentPayout(payout, currency);
  const page = async (
    filter: PayoutFilter,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
    show: (payout: PayoutRecord) => PayoutView,
  ): Promise<Answer> => {
    const after = decodeCursor(cursor, schemas.payoutPlace);
    const rows = await listPayouts(database, filter, { after, limit: limit + 1 });
    return ok(toPage(rows, limit, show, ({ day, id }) => ({ day, id })));
  };
  return new RouteTable(policies)
    .on('GET /payouts', {
      summary: 'Payouts of everybody and of the management, newest first',
      tag,
      query: schemas.payoutsQuery,
      answers: { 200: schemas.payoutsPage },
      handle: ({ query: { day = null, state = null, ...place } }) =>
        page({ day, state, userId: null }, place, present),
    })
    .on('GET /payouts/{id}', {
      summary: 'One payout with everything that was tried',
      tag,
      params,
      answers,
      handle: async ({ params: { id } }) => ok(present(await readPayout(database, id))),
    })
    .on('GET /accounts/me/payouts', {
      summary: 'My payouts, newest first',
      tag: 'own money',
      query: schemas.ownPayoutsQuery,
      answers: { 200: schemas.payoutsPage },
      handle: ({ query: place, caller }) =>
        page({ day: null, state: null, userId: caller.id }, place, (payout) =>
          presentOwnPayout(payout, currency),
        ),
    }).routes;
}

function decisions(context: ReviewDesk): readonly Route[] {
  const present = (payout: PayoutRecord): PayoutView => presentPayout(payout, context.currency);
  return new RouteTable(policies)
    .on('POST /payouts/{id}/retry', {
      summary: 'Try a failed payout again, to the bank account of now',
      tag,
      params,
      answers,
      handle: async ({ params: { id }, ...asked }) => {
        const decision = { payoutId: id, request: decisionRequest(asked, {}) };
        return ok(await retryPayout(context, decision, present));
      },
    })
    .on('POST /payouts/{id}/cancel', {
      summary: 'Give a failed payout up: the amount is owed again at the next closing',
      tag,
      params,
      answers,
      handle: async ({ params: { id }, ...asked }) => {
        const decision = { payoutId: id, request: decisionRequest(asked, {}) };
        return ok(await cancelPayout(context, decision, present));
      },
    })
    .on('POST /payouts/{id}/resolve', {
      summary: 'Say what became of a payout that needs review; Payment is asked first',
      tag,
      params,
      body: schemas.finding,
      answers,
      handle: async ({ params: { id }, body, ...asked }) => {
        const { bankReference = null, ...rest } = body;
        const finding = { ...rest, bankReference };
        const decision = { payoutId: id, request: decisionRequest(asked, finding) };
        return ok(await resolvePayout(context, decision, finding, present));
      },
    }).routes;
}
