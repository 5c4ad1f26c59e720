import supertest from 'supertest';
import { query, type Database } from '../../../shared/db/data-source';
import { createTestDatabase, type TestDatabase } from '../../../shared/testing/test-database';
import { SandboxBank } from './app';
import { createBankDatabase } from './book';

const order = { amount: '4250', currency: 'USD', account: '40817810099910004312' };
const LETTERS = 'http://127.0.0.1:1080/';

let own: TestDatabase;
let database: Database;
let bank: ReturnType<typeof supertest>;

beforeAll(async () => {
  own = await createTestDatabase(createBankDatabase);
  database = await createBankDatabase(own.ownerUrl).initialize();
  bank = supertest(new SandboxBank(database, 'silent', LETTERS).app().callback());
});
afterAll(async () => {
  await database.destroy();
  await own.drop();
});
afterEach(() => bank.put('/switches').send({}).expect(200));

const returns = async (): Promise<{ reference: string }[]> =>
  (await bank.get('/returns').expect(200)).body.items;
const giveBack = (reference: string) =>
  bank.post(`/transfers/${reference}/return`).send({ reason: 'account closed' });

it('sends an executed transfer back once, as a whole, and keeps a line of it', async () => {
  await bank.put('/transfers/back').send(order).expect(201);
  const { body } = await giveBack('back').expect(200);
  expect(body).toMatchObject({ ...order, reference: 'back', reason: 'account closed' });
  expect((await giveBack('back').expect(200)).body).toEqual(body);
  expect((await returns()).filter(({ reference }) => reference === 'back')).toEqual([body]);
  const later = await bank.get('/returns').query({ after: body.position }).expect(200);
  expect(later.body.items).toEqual([]);
});

it('sends back nothing that it did not execute', async () => {
  await bank.put('/switches').send({ rejectAccounts: [order.account] });
  await bank.put('/transfers/refused').send(order).expect(422);
  expect((await giveBack('refused').expect(409)).body.type).toBe('not-executed');
  await giveBack('never').expect(404);
  await giveBack('a-b').expect(400);
});

it('sends transfers back by itself to the accounts of a switch', async () => {
  await bank.put('/switches').send({ returnAccounts: [order.account] });
  await bank.put('/transfers/bounced').send(order).expect(201);
  expect((await returns()).map(({ reference }) => reference)).toContain('bounced');
});

it('never changes a return', async () => {
  await expect(query(database, "UPDATE returns SET reason = 'x'")).rejects.toThrow('stays');
});

describe('its page', () => {
  const form = (path: string, fields: Record<string, string>) =>
    bank.post(path).type('form').send(fields);
  const all = { delayMs: '0', loseAnswer: 'no' };

  it('sets every switch by its form, and shows it', async () => {
    const fields = {
      rejectAccounts: '1234\n5678',
      returnAccounts: '9012',
      failWith: '503',
      failTimes: '2',
      delayMs: '1500',
      loseAnswer: 'done',
      loseTimes: '1',
      wrongAmount: 'on',
      wrongAmountTimes: '',
      html: 'on',
      htmlTimes: '3',
    };
    const { headers } = await form('/page/switches', fields).expect(303);
    expect((await bank.get('/switches')).body).toEqual({
      rejectAccounts: ['1234', '5678'],
      returnAccounts: ['9012'],
      failWith: 503,
      failTimes: 2,
      delayMs: 1_500,
      loseAnswer: 'done',
      loseTimes: 1,
      wrongAmount: true,
      wrongAmountTimes: null,
      html: true,
      htmlTimes: 3,
    });
    const { text } = await bank.get(headers['location']!).expect(200);
    expect(text).toContain('role="status"');
    expect(text).toContain('1234\n5678');
    expect(text).toMatch(/value="done" checked/);
    await form('/page/switches/off', {}).expect(303);
    expect((await bank.get('/switches')).body).toMatchObject({ failWith: null, html: false });
  });

  it.each([
    ['a delay that is no number', { delayMs: 'soon' }],
    ['a delay over a minute', { delayMs: '60001' }],
    ['a status that is no fault', { failWith: '200' }],
    ['half a time', { htmlTimes: '0.5' }],
    ['a way to lose that does not exist', { loseAnswer: 'twice' }],
  ])('refuses %s in words, keeps what was written, and switches nothing', async (_, wrong) => {
    const { text } = await form('/page/switches', { ...all, html: 'on', ...wrong }).expect(400);
    expect(text).toContain('role="alert"');
    expect(text).toContain(Object.values(wrong)[0] === 'twice' ? 'choose one' : 'value=');
    expect((await bank.get('/switches')).body).toMatchObject({ html: false });
  });

  it('sends a payment back by its button', async () => {
    await bank.put('/transfers/pressed').send(order).expect(201);
    expect((await bank.get('/')).text).toContain('value="pressed"');
    const fields = { reference: 'pressed', reason: 'account <closed>' };
    await form('/page/returns', fields).expect(303);
    const { text } = await bank.get('/').expect(200);
    expect(text).not.toContain('value="pressed"');
    expect(text).toContain('returned: account &lt;closed&gt;');
    expect(text).toContain('-42.50 USD');
  });

  it('has a label for every control, and a link to the letters', async () => {
    const { text } = await bank.get('/').expect(200);
    const ids = [...text.matchAll(/<(?:input|textarea)[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(6);
    for (const id of ids) expect(text).toContain(`<label for="${id}">`);
    expect(text).toContain(`href="${LETTERS}"`);
  });

  it.each(['/page/switches', '/page/switches/off', '/page/returns'])(
    'takes no form of a foreign page: %s',
    async (path) => {
      await bank.put('/switches').send({ html: true });
      for (const origin of ['https://attacker.example', 'null']) {
        await form(path, all).set({ origin }).expect(403);
      }
      expect((await bank.get('/switches')).body).toMatchObject({ html: true });
    },
  );

  it.each(['multipart/form-data', 'text/plain', 'application/json'])(
    'takes no form as %s',
    async (type) => {
      await bank.post('/page/switches').set('content-type', type).send('delayMs=1').expect(415);
    },
  );
});
