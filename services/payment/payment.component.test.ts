import { readEnv, serviceEnv, tokenEnv } from '../shared/config/env';
import { BANK_TRANSFER_UNKNOWN } from '../shared/contracts/calls/payment';
import { newId } from '../shared/kernel/ids';
import { createParts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { testClient, testEnv, type TestRequester } from '../shared/testing/test-service';
import { createPayment } from './app';
import { readPaymentEnv } from './config';
import { PaymentLab } from './testing/lab';

const path = (key: string): string => `/bank-transfers/${key}`;
const order = { amount: '4250', currency: 'USD', bankAccount: '40817810099910004312' };

let lab: PaymentLab;
let app: ServiceApp;
let worker: TestRequester;

beforeAll(async () => {
  lab = await PaymentLab.start();
  const common = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
  const own = { DATABASE_URL: lab.payment.url, BANK_URL: lab.bankUrl };
  const env = readPaymentEnv({ ...testEnv(1), ...own });
  app = createPayment(env, createParts('payment', common), lab.clocks);
  await app.database!.initialize();
  worker = testClient(app).service('account-worker');
});
afterAll(async () => {
  await app.close!();
  await app.parts.sidecar.close();
  await app.database!.destroy();
  await lab.stop();
});
afterEach(() => lab.bank.misbehave({}));

const settleJob = () => app.jobs!.find(({ name }) => name === 'settle-transfers')!;

it('answers 404 of its own for a key that never arrived', async () => {
  const { body } = await worker.get(path(newId())).expect(404);
  expect(body.type).toBe(BANK_TRANSFER_UNKNOWN);
});

it('answers 200 with the bank reference for a transfer that succeeded, every time', async () => {
  const key = newId();
  const first = await worker.put(path(key)).send(order).expect(200);
  expect(first.body).toMatchObject({ outcome: 'succeeded', reason: null });
  const again = await worker.put(path(key)).send(order).expect(200);
  expect(again.body).toEqual(first.body);
  const read = await worker.get(path(key)).expect(200);
  expect(read.body).toEqual(first.body);
});

it('answers 200 with the reason for a transfer that was refused', async () => {
  lab.bank.misbehave({ rejectAccounts: [order.bankAccount] });
  const { body } = await worker.put(path(newId())).send(order).expect(200);
  expect(body).toEqual({
    outcome: 'refused',
    bankReference: null,
    reason: 'The account number is not known',
  });
});

it('answers 202 while the outcome is not certain, and its job finishes the work', async () => {
  const key = newId();
  lab.bank.misbehave({ loseAnswer: 'done', loseTimes: 1 });
  const inProgress = { outcome: 'in_progress', bankReference: null, reason: null };
  const { body } = await worker.put(path(key)).send(order).expect(202);
  expect(body).toEqual(inProgress);
  const read = await worker.get(path(key)).expect(202);
  expect(read.body).toEqual(inProgress);
  lab.pass();
  await settleJob().run();
  await worker.get(path(key)).expect(200);
});

it('answers within 5 s when the bank is slow', async () => {
  lab.bank.misbehave({ delayMs: 8_000 });
  const startedAt = Date.now();
  await worker.put(path(newId())).send(order).expect(202);
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

it('answers 422 for a key that belongs to another transfer', async () => {
  const key = newId();
  await worker.put(path(key)).send(order).expect(200);
  const { body } = await worker
    .put(path(key))
    .send({ ...order, amount: '4251' })
    .expect(422);
  expect(body.type).toBe('key-reused');
});

it.each([
  ['nothing', '0'],
  ['less than nothing', '-1'],
  ['half a cent', '1.5'],
  ['a number', 10],
  ['more than a bigint', '9'.repeat(19)],
  ['leading zeros', '007'],
  ['text', 'NaN'],
])('answers 400 for an amount that is %s', async (_, amount) => {
  await worker
    .put(path(newId()))
    .send({ ...order, amount })
    .expect(400);
});

it.each([
  ['an account number with blanks', { ...order, bankAccount: 'DE89 3704 0044 0532 0130 00' }],
  ['an account number of letters', { ...order, bankAccount: 'de89370400440532013000' }],
  ['an account number of 35 characters', { ...order, bankAccount: '1'.repeat(35) }],
  ['an unknown field', { ...order, succeeded: true }],
  ['a missing field', { amount: '1' }],
])('answers 400 for %s', async (_, body) => {
  await worker.put(path(newId())).send(body).expect(400);
});

it.each([
  ['that an older rule took', 'DE5137040044053201300'],
  ['of zeros that is stored already', '0'.repeat(20)],
  ['with its BIK', '044525225/40817810538091310419'],
])('pays to an account number %s', async (_, bankAccount) => {
  const answer = await worker.put(path(newId())).send({ ...order, bankAccount });
  expect(answer.body).toMatchObject({ outcome: 'succeeded' });
});

it.each(['1', newId().toUpperCase(), `{${newId()}}`, newId().replaceAll('-', '')])(
  'answers 400 for the key %s',
  async (key) => {
    await worker.put(path(key)).send(order).expect(400);
  },
);

it.each(['gateway', 'board', 'user'])('hides its routes from %s', async (caller) => {
  const stranger = testClient(app).service(caller);
  const route = { type: 'not-found' };
  expect((await stranger.put(path(newId())).send(order).expect(404)).body).toMatchObject(route);
  expect((await stranger.get(path(newId())).expect(404)).body).toMatchObject(route);
  const withdraw = stranger.post(`${path(newId())}/withdraw`).send(order);
  expect((await withdraw.expect(404)).body).toMatchObject(route);
});

it('lets Account ask and withdraw, and not order', async () => {
  const account = testClient(app).service('account');
  const withdrawn = await account
    .post(`${path(newId())}/withdraw`)
    .send(order)
    .expect(200);
  expect(withdrawn.body).toEqual({ outcome: 'withdrawn', bankReference: null, reason: null });
  const { body } = await account.get(path(newId())).expect(404);
  expect(body.type).toBe(BANK_TRANSFER_UNKNOWN);
  expect((await account.put(path(newId())).send(order).expect(404)).body.type).toBe('not-found');
});

it('counts what is unsettled, and what makes no sense', async () => {
  lab.bank.misbehave({ html: true });
  await worker.put(path(newId())).send(order).expect(202);
  await app.jobs!.find(({ name }) => name === 'measure-transfers')!.run();
  const text = await app.parts.metrics.registry.metrics();
  expect(text).toMatch(/^bank_transfers_in_progress\{.*\} [1-9]/m);
  expect(text).toMatch(/^bank_transfers_flagged\{.*\} [1-9]/m);
});
