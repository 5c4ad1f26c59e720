import { readEnv, serviceEnv, tokenEnv } from '../../shared/config/env';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { createParts } from '../../shared/runtime/parts';
import type { ServiceApp } from '../../shared/runtime/service';
import { testClient, testEnv, type TestRequester } from '../../shared/testing/test-service';
import { createPayment } from '../app';
import { readPaymentEnv } from '../config';
import { compareWithBank } from './compare-with-bank';
import { referenceOf } from '../domain/attempt';
import { PaymentLab } from '../testing/lab';

const order = { amount: '4250', currency: 'USD', bankAccount: '40817810099910004312' };
/** When everything of this test is settled. */
const LATER_MS = 1_200_000;

let lab: PaymentLab;
let app: ServiceApp;
let worker: TestRequester;

beforeAll(async () => {
  lab = await PaymentLab.start();
  const common = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
  const own = { DATABASE_URL: lab.payment.url, BANK_URL: lab.bankUrl };
  const env = readPaymentEnv({ ...testEnv(1), ...own });
  app = createPayment(env, createParts('payment', common));
  await app.database!.initialize();
  worker = testClient(app).service('account-worker');
});
afterAll(async () => {
  await app.close!();
  await app.parts.sidecar.close();
  await app.database!.destroy();
  await lab.stop();
});

const compare = (agoMs = -LATER_MS, bankUrl = lab.bankUrl): Promise<string[]> =>
  compareWithBank({
    database: app.database!,
    bankUrl,
    now: () => Promise.resolve(new Date(Date.now() - agoMs)),
  });

/** Orders at the bank behind Payment's back. */
const orderAtBank = (reference: string, amount: string): Promise<Response> =>
  fetch(`${lab.bankUrl}/transfers/${reference}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ amount, currency: 'USD', account: order.bankAccount }),
  });

it('finds what only one side has, or has otherwise', async () => {
  const [paid, refused, changed, invented] = [newId(), newId(), newId(), newId()];
  await worker.put(`/bank-transfers/${paid}`).send(order).expect(200);
  expect(await compare()).toEqual([]);

  lab.bank.misbehave({ rejectAccounts: [order.bankAccount] });
  await worker.put(`/bank-transfers/${refused}`).send(order).expect(200);
  lab.bank.misbehave({});
  expect(await compare()).toEqual([]);

  await orderAtBank(referenceOf(changed), '1');
  await orderAtBank('rent', '2');
  const insert = `INSERT INTO bank_transfers (key, amount_cents, currency, bank_account, state,
      bank_reference, next_ask_at, created_at, settled_at)
    VALUES ($1, 4250, 'USD', $2, 'succeeded', $3, now(), now(), now())`;
  await query(app.database!, insert, [changed, order.bankAccount, 'SB-changed']);
  await query(app.database!, insert, [invented, order.bankAccount, 'SB-invented']);
  expect(await compare()).toEqual(
    [referenceOf(changed), 'rent', invented].sort((a, b) =>
      a === invented ? 1 : b === invented ? -1 : a < b ? -1 : 1,
    ),
  );
  expect(await compare(0)).toEqual([]);
});

it('knows nothing while the bank is away or answers nonsense', async () => {
  await expect(compare(-LATER_MS, 'http://127.0.0.1:1')).rejects.toMatchObject({ status: 503 });
  const other = `${lab.bankUrl}/health/live?`;
  await expect(compare(-LATER_MS, other)).rejects.toMatchObject({ status: 503 });
});
