import { readEnv, serviceEnv, tokenEnv } from '../shared/config/env';
import { newId } from '../shared/kernel/ids';
import { createParts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { testClient, testEnv, type TestClient } from '../shared/testing/test-service';
import { createPayment } from './app';
import { readPaymentEnv } from './config';
import { PaymentLab } from './testing/lab';

const order = { amount: '4250', currency: 'USD', bankAccount: '40817810099910004312' };
const [from, to] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

let lab: PaymentLab;
let app: ServiceApp;
let client: TestClient;

beforeAll(async () => {
  lab = await PaymentLab.start();
  const common = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
  const own = { DATABASE_URL: lab.payment.url, BANK_URL: lab.bankUrl };
  const env = readPaymentEnv({ ...testEnv(1), ...own });
  app = createPayment(env, createParts('payment', common), lab.clocks);
  await app.database!.initialize();
  client = testClient(app);
});
afterAll(async () => {
  await app.close!();
  await app.parts.sidecar.close();
  await app.database!.destroy();
  await lab.stop();
});

it('successful bank transfers are written as Account writes its attempts', async () => {
  const [key, refused] = [newId(), newId()];
  const worker = client.service('account-worker');
  await worker.put(`/bank-transfers/${key}`).send(order).expect(200);
  lab.bank.misbehave({ rejectAccounts: [order.bankAccount] });
  await worker.put(`/bank-transfers/${refused}`).send(order).expect(200);
  const account = client.service('account');
  const { body } = await account.post('/bank-transfers/rows').send({ from, to }).expect(200);
  expect(body.rows).toMatchObject([{ key, content: '4250 40817810099910004312' }]);
  const bounds = [from, to];
  const digests = await account.post('/bank-transfers/digests').send({ bounds }).expect(200);
  expect(digests.body.digests).toMatchObject([{ count: 1 }]);
  await worker.post('/bank-transfers/digests').send({ bounds }).expect(404);
});

it('the status names bank transfers', async () => {
  const { body } = await client.service('gateway').get('/status').expect(200);
  expect(body).toMatchObject({
    service: 'payment',
    outbox: null,
    bankTransfers: { inProgress: 0, flagged: 0 },
  });
});
