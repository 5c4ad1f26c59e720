import type { Database } from '../../../shared/db/data-source';
import { csvAnswer, csvFile } from '../../../shared/http/csv/csv-answer';
import { decodeCursor, toPage } from '../../../shared/http/cursor';
import { ok, RouteTable, type Answer, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { accountOf } from '../../ledger/queries/accounts';
import { policies } from '../../policies';
import { cancelPayout } from '../commands/cancel-payout';
import { resolvePayout, type ReviewDesk } from '../commands/resolve-payout';
import { retryPayout } from '../commands/retry-payout';
import { decisionRequest } from '../domain/decision';
import { bankState } from '../queries/bank-state';
import { countPayouts } from '../queries/count-payouts';
import { exportedPayouts } from '../queries/exported-payouts';
import type { PayoutFilter } from '../queries/payout-filter';
import { listPayouts, readPayout, type PayoutRecord } from '../queries/payouts';
import { ownPayoutColumns, payoutColumns } from './payouts-file.presenter';
import { presentBank, presentOwnPayout, presentPayout, type PayoutView } from './payouts.presenter';
import * as schemas from './payouts.schemas';

const tag = 'business days';
const params = schemas.payoutParams;
const answers = { 200: schemas.payoutView };

/** Returns the routes of payouts: for accountants, and of the caller's own. */
export function payoutsRoutes(context: ReviewDesk): readonly Route[] {
  return [...files(context), ...shownPayouts(context), ...decisions(context)];
}

function shownPayouts(context: AccountContext): readonly Route[] {
  const { database, currency } = context;
  const present = (payout: PayoutRecord): PayoutView => presentPayout(payout, currency);
  return new RouteTable(policies)
    .on('GET /payouts', {
      summary: 'Payouts of everybody and of the management, newest first',
      tag,
      query: schemas.payoutsQuery,
      answers: { 200: schemas.payoutsPage },
      handle: ({ query: { cursor, limit, ...filter } }) =>
        page(database, filter, { cursor, limit }, present),
    })
    .on('GET /payouts/counts', {
      summary: 'How many payouts are in each state',
      tag,
      query: schemas.countsQuery,
      answers: { 200: schemas.countsView },
      handle: async ({ query }) => ok(await countPayouts(database, query)),
    })
    .on('GET /payouts/bank', {
      summary: 'Whether the bank answers, and how many payouts wait for it',
      tag,
      answers: { 200: schemas.bankView },
      handle: async () => ok(presentBank(await bankState(context))),
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
        page(database, { userId: caller.id }, place, (payout) =>
          presentOwnPayout(payout, currency),
        ),
    }).routes;
}

async function page(
  database: Database,
  filter: PayoutFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  show: (payout: PayoutRecord) => PayoutView,
): Promise<Answer> {
  const after = decodeCursor(cursor, schemas.payoutPlace);
  const rows = await listPayouts(database, filter, { after, limit: limit + 1 });
  return ok(toPage(rows, limit, show, ({ day, id }) => ({ day, id })));
}

function files(context: AccountContext): readonly Route[] {
  const { database, currency, calendar } = context;
  const format = { currency, timeZone: calendar.timeZone };
  return new RouteTable(policies)
    .on('GET /payouts.csv', {
      summary: 'Payouts as a file, newest first',
      tag,
      query: schemas.payoutsFileQuery,
      answers: { 200: csvFile },
      handle: ({ query: { locale, ...filter }, signal }) =>
        csvAnswer({
          name: ['payouts', ...(filter.day === undefined ? [] : [filter.day])],
          columns: payoutColumns,
          batches: exportedPayouts(database, filter, signal),
          format: { locale, ...format },
        }),
    })
    .on('GET /accounts/me/payouts.csv', {
      summary: 'My payouts as a file, newest first',
      tag: 'own money',
      query: schemas.ownPayoutsFileQuery,
      answers: { 200: csvFile },
      handle: async ({ query: { locale }, caller, signal }) => {
        const { nickname } = await accountOf(context, caller.id);
        return csvAnswer({
          name: ['payouts', nickname ?? caller.id],
          columns: ownPayoutColumns,
          batches: exportedPayouts(database, { userId: caller.id }, signal),
          format: { locale, ...format },
        });
      },
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
