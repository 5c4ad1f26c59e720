import supertest from 'supertest';
import { query, type Database } from '../../../shared/db/data-source';
import { createTestDatabase, type TestDatabase } from '../../../shared/testing/test-database';
import { SandboxBank } from './app';
import { createBankDatabase } from './book';

const order = { amount: '4250', currency: 'USD', account: '40817810099910004312' };

let own: TestDatabase;
let database: Database;
let bank: ReturnType<typeof supertest>;

beforeAll(async () => {
  own = await createTestDatabase(createBankDatabase);
  database = await createBankDatabase(own.ownerUrl).initialize();
  bank = supertest(new SandboxBank(database, 'silent').app().callback());
});
afterAll(async () => {
  await database.destroy();
  await own.drop();
});
afterEach(() => bank.put('/switches').send({}).expect(200));

it('executes a reference once, and answers every repeat like the first time', async () => {
  const first = await bank.put('/transfers/once').send(order).expect(201);
  expect(first.body).toMatchObject({ ...order, reference: 'once', status: 'executed' });
  const again = await bank.put('/transfers/once').send(order).expect(201);
  expect(again.body).toEqual(first.body);
  const read = await bank.get('/transfers/once').expect(200);
  expect(read.body).toEqual(first.body);
});

it('answers 409 for another order under a known reference', async () => {
  await bank.put('/transfers/used').send(order).expect(201);
  await bank
    .put('/transfers/used')
    .send({ ...order, amount: '1' })
    .expect(409);
});

it('keeps to a rejection after the account is welcome again, and lists no money for it', async () => {
  const account = '40817810099910009999';
  await bank
    .put('/switches')
    .send({ rejectAccounts: [account] })
    .expect(200);
  const rejected = await bank
    .put('/transfers/bad')
    .send({ ...order, account })
    .expect(422);
  expect(rejected.body).toMatchObject({ status: 'rejected', bankReference: null });
  await bank.put('/switches').send({}).expect(200);
  await bank
    .put('/transfers/bad')
    .send({ ...order, account })
    .expect(422);
  const { body } = await bank.get('/transfers').query({ account }).expect(200);
  expect(body).toEqual({ items: [], next: null });
});

it('lists the money that left for an account, oldest first', async () => {
  const account = '40817810099910008888';
  for (const reference of ['a1', 'a2']) {
    await bank
      .put(`/transfers/${reference}`)
      .send({ ...order, account })
      .expect(201);
  }
  const { body } = await bank.get('/transfers').query({ account }).expect(200);
  expect(body.items.map((item: { reference: string }) => item.reference)).toEqual(['a1', 'a2']);
});

it('says which reference it does not know', async () => {
  const { body } = await bank.get('/transfers/never').expect(404);
  expect(body).toEqual({ reference: 'never', status: 'unknown' });
});

it('counts a fault down and then works again', async () => {
  await bank.put('/switches').send({ failWith: 503, failTimes: 1 }).expect(200);
  await bank.put('/transfers/later').send(order).expect(503);
  const { body } = await bank.get('/switches').expect(200);
  expect(body).toMatchObject({ failWith: 503, failTimes: 0 });
  await bank.put('/transfers/later').send(order).expect(201);
});

it.each([{ faliWith: 500 }, { failWith: 200 }, { delayMs: -1 }, { loseAnswer: 'perhaps' }])(
  'refuses switches it does not have: %j',
  async (switches) => {
    await bank.put('/switches').send(switches).expect(400);
  },
);

it('shows its book as a page', async () => {
  await bank.put('/transfers/shown').send(order).expect(201);
  const { text } = await bank.get('/').expect(200).expect('content-type', /html/);
  expect(text).toContain('42.50 USD');
});

it.each(['UPDATE transfers SET amount = 1', 'DELETE FROM transfers'])(
  'never changes its book: %s',
  async (sql) => {
    await expect(query(database, sql)).rejects.toThrow('what was recorded stays');
  },
);

describe('its page', () => {
  it('runs, loads and lets frame nothing foreign', async () => {
    const { headers, text } = await bank.get('/').expect(200);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /default-src 'self'.*frame-ancestors 'none'/,
      ),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(text).not.toMatch(/<style|<script| style=| on\w+=/);
    const style = /<link rel="stylesheet" href="([^"]+)">/.exec(text)![1]!;
    await bank
      .get(style)
      .expect(200)
      .expect('content-type', /^text\/css/);
  });

  it('has these headers on refusals and on trouble too', async () => {
    for (const path of ['/transfers/a-b', '/nowhere']) {
      const { headers } = await bank.get(path);
      expect(headers).toHaveProperty('content-security-policy');
    }
    await bank.put('/switches').send({ html: true });
    expect((await bank.get('/transfers/none')).headers).toHaveProperty('content-security-policy');
  });

  it.each([
    ['a name that was turned to this machine', { host: 'attacker.example:4090' }],
    ['a foreign page', { origin: 'https://attacker.example' }],
    ['a page on another port', { origin: 'http://127.0.0.1:3000' }],
    ['a page without origin', { origin: 'null' }],
    ['a foreign picture', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    [
      'a foreign frame',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ],
  ])('answers nothing to %s', async (_, headers) => {
    await bank.put('/transfers/seen').send(order).expect(201);
    for (const path of ['/', '/transfers', '/transfers/seen', '/switches']) {
      const { text } = await bank.get(path).set(headers).expect(403);
      expect(text).not.toContain(order.account);
    }
    await bank.put('/switches').set(headers).send({ delayMs: 1 }).expect(403);
    await bank.put('/transfers/stolen').set(headers).send(order).expect(403);
    await bank.get('/transfers/stolen').expect(404);
  });

  it('answers itself, a followed link, the address line and Payment', async () => {
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const headers of [
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site', ...link },
      { host: 'localhost:4090', origin: 'http://localhost:4090' },
      { host: 'bank' },
      // The kubelet calls the pod by its IP address.
      { host: '10.244.0.8:3000' },
      { host: '[fd00::8]:3000' },
    ]) {
      await bank.get('/').set(headers).expect(200);
    }
  });
});
