import { decodeCursor, toPage } from '../../shared/http/cursor';
import { ok, RouteTable, type Answer, type Route } from '../../shared/http/route';
import { cancelPayout, resolvePayout, retryPayout } from '../commands/decide-payout';
import { policies } from '../policies';
import type { Books } from '../queries/books';
import { listPayouts, readPayout, type PayoutFilter, type PayoutRecord } from '../queries/payouts';
import { presentPayout } from './payouts.presenter';
import * as schemas from './payouts.schemas';

const tag = 'business days';
const params = schemas.payoutParams;
const answers = { 200: schemas.payoutView };

/** Payouts for accountants, and one's own. */
export function payoutsRoutes(books: Books): readonly Route[] {
  const { database, currency } = books;
  const present = (payout: PayoutRecord): ReturnType<typeof presentPayout> =>
    presentPayout(payout, currency);
  const page = async (
    filter: PayoutFilter,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<Answer> => {
    const after = decodeCursor(cursor, schemas.payoutPlace);
    const rows = await listPayouts(database, filter, { after, limit: limit + 1 });
    return ok(toPage(rows, limit, present, ({ day, id }) => ({ day, id })));
  };
  return new RouteTable(policies)
    .on('GET /payouts', {
      summary: 'Payouts of everybody and of the management, newest first',
      tag,
      query: schemas.payoutsQuery,
      answers: { 200: schemas.payoutsPage },
      handle: ({ query: { day = null, state = null, ...place } }) =>
        page({ day, state, userId: null }, place),
    })
    .on('GET /payouts/{id}', {
      summary: 'One payout with everything that was tried',
      tag,
      params,
      answers,
      handle: async ({ params: { id } }) => ok(present(await readPayout(database, id))),
    })
    .on('POST /payouts/{id}/retry', {
      summary: 'Try a failed payout again, to the bank account of now',
      tag,
      params,
      answers,
      handle: async ({ params: { id }, caller }) =>
        ok(present(await retryPayout(books, { payoutId: id, actorId: caller.id }))),
    })
    .on('POST /payouts/{id}/cancel', {
      summary: 'Give a failed payout up: the amount is owed again at the next closing',
      tag,
      params,
      answers,
      handle: async ({ params: { id }, caller }) =>
        ok(present(await cancelPayout(books, { payoutId: id, actorId: caller.id }))),
    })
    .on('POST /payouts/{id}/resolve', {
      summary: 'Say what became of a payout that needs review',
      tag,
      params,
      body: schemas.finding,
      answers,
      handle: async ({ params: { id }, caller, body: { bankReference = null, ...finding } }) => {
        const decision = { payoutId: id, actorId: caller.id };
        return ok(present(await resolvePayout(books, decision, { ...finding, bankReference })));
      },
    })
    .on('GET /accounts/me/payouts', {
      summary: 'My payouts, newest first',
      tag: 'own money',
      query: schemas.ownPayoutsQuery,
      answers: { 200: schemas.payoutsPage },
      handle: ({ query: place, caller }) =>
        page({ day: null, state: null, userId: caller.id }, place),
    }).routes;
}
