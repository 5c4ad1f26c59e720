import { ADDRESS_REFUSED, type LetterContent } from '../shared/contracts/calls/notify';
import { StateStore } from '../shared/dapr/state';
import { newId } from '../shared/kernel/ids';
import { eventually } from '../shared/testing/eventually';
import { startUnderTest, type ServiceUnderTest } from '../shared/testing/service-under-test';
import type { TestRequester } from '../shared/testing/test-service';
import { createNotify } from './app';
import { readNotifyEnv } from './config';
import { MailServer } from './testing/mail-server';

const paid: LetterContent = {
  template: 'payout-paid',
  day: '2026-03-02',
  amount: { amount: '4250', currency: 'USD' },
};
const letter = { to: 'kesha@popug.example', nickname: 'kesha', locale: 'en', letter: paid };
const path = (key: string): string => `/letters/${key}`;

const mail = new MailServer();
let notify: ServiceUnderTest;
let worker: TestRequester;
let state: StateStore;

beforeAll(async () => {
  notify = await startUnderTest({
    name: 'notify',
    readEnv: readNotifyEnv,
    create: createNotify,
    environment: {
      SMTP_URL: (await mail.start()).replace('//', '//popug:secret@'),
      MAIL_FROM: 'Popug <no-reply@popug.example>',
    },
  });
  worker = notify.client.service('account-worker');
  state = new StateStore(notify.app.parts.sidecar);
});
afterAll(async () => {
  await notify.stop();
  await mail.stop();
});
beforeEach(() => {
  mail.letters.length = 0;
  mail.mood = 'accepts';
  mail.refusals.clear();
  mail.gate = Promise.resolve();
});

it('says which letters it does not know as sent', async () => {
  const [sent, never] = [newId(), newId()];
  await worker.put(path(sent)).send(letter).expect(200);
  const account = notify.client.service('account');
  const answer = await account
    .post('/unsent-letters')
    .send({ keys: [sent, never] })
    .expect(200);
  expect(answer.body).toEqual({ keys: [never] });
});

it('answers the gateway that it is there', async () => {
  const { body } = await notify.client.service('gateway').get('/status').expect(200);
  expect(body).toMatchObject({
    service: 'notify',
    attention: [],
    outbox: null,
    clockOffsetMs: null,
  });
});

it('sends a letter with the sum, and sends it once', async () => {
  const key = newId();
  const first = await worker.put(path(key)).send(letter).expect(200);
  expect(first.body).toEqual({ sent: true, alreadySent: false });
  const again = await worker.put(path(key)).send(letter).expect(200);
  expect(again.body).toEqual({ sent: true, alreadySent: true });
  expect(mail.letters).toHaveLength(1);
  const [received] = mail.letters;
  expect(received!.recipients).toEqual(['kesha@popug.example']);
  expect(received!.headers).toMatchObject({
    'message-id': `<${key}@popug.example>`,
    from: 'Popug <no-reply@popug.example>',
    to: 'kesha <kesha@popug.example>',
    subject: 'Paid: $42.50 for March 2, 2026',
    'auto-submitted': 'auto-generated',
    'content-language': 'en',
    date: expect.stringMatching(/^\w{3}, \d/),
  });
  expect(received!.text).toContain('Hello kesha,');
  expect(received!.text).toContain('$42.50');
  expect(received!.html).toContain('<p>Hello kesha,</p>');
});

it('writes Russian to whom speaks it', async () => {
  await worker
    .put(path(newId()))
    .send({ ...letter, nickname: 'кеша', locale: 'ru' })
    .expect(200);
  const [received] = mail.letters;
  expect(received!.headers['subject']).toMatch(/^Выплата 42,50.\$ за 2 марта 2026/);
  expect(received!.headers['to']).toBe('кеша <kesha@popug.example>');
  expect(received!.text).toContain('Здравствуйте, кеша!');
});

it('sends one letter when the same is put at once, and tells the others to come again', async () => {
  const key = newId();
  let open = (): void => undefined;
  mail.gate = new Promise((resolve) => (open = resolve));
  const first = worker.put(path(key)).send(letter);
  const answered = first.then((response) => response);
  await eventually('the letter is under way', () => mail.letters.length === 1);
  const second = await worker.put(path(key)).send(letter).expect(503);
  expect(second.body.type).toBe('letter-being-sent');
  expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
  open();
  expect((await answered).body).toEqual({ sent: true, alreadySent: false });
  const third = await worker.put(path(key)).send(letter).expect(200);
  expect(third.body).toEqual({ sent: true, alreadySent: true });
  expect(mail.letters).toHaveLength(1);
});

it.each([
  ['CONNECT', '554 5.7.1 We do not talk to you'],
  ['AUTH', '535 5.7.8 Authentication failed'],
  ['MAIL FROM', '550 5.1.1 The sender is unknown'],
  ['MAIL FROM', '550 5.7.1 Blocked'],
  ['RCPT TO', '550 5.7.1 Blocked by a list'],
  ['RCPT TO', '554 5.7.1 relay denied'],
  ['RCPT TO', '550 Mailbox unavailable'],
  ['RCPT TO', '552 5.2.2 The mailbox is full'],
  ['RCPT TO', '450 4.1.1 User unknown'],
  ['RCPT TO', '550 5.1.1 User unknown\n550 5.7.1 Blocked'],
  ['DATA', '451 4.3.0 Busy'],
  ['DATA', '554 5.7.1 This looks like spam'],
  ['DATA', '550 5.1.1 User unknown'],
] as const)(
  'answers 503 with Retry-After when %s is answered %j, and sends later',
  async (command, reply) => {
    const key = newId();
    mail.refusals.set(command, reply);
    const { headers } = await worker.put(path(key)).send(letter).expect(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    mail.refusals.clear();
    await worker.put(path(key)).send(letter).expect(200);
    expect(mail.letters).toHaveLength(1);
  },
);

it.each(['user=x@example.com', 'user@xn--80a1acny.xn--p1ai', `${'k'.repeat(65)}@popug.example`])(
  'sends to %s, whom the service of the users knows',
  async (to) => {
    await worker
      .put(path(newId()))
      .send({ ...letter, to })
      .expect(200);
  },
);

it('answers 503 while the mail server is away, and sends when it is back', async () => {
  const key = newId();
  await mail.stop();
  await worker.put(path(key)).send(letter).expect(503);
  await mail.start();
  const { body } = await worker.put(path(key)).send(letter).expect(200);
  expect(body).toEqual({ sent: true, alreadySent: false });
});

it.each([
  '550 5.1.1 User unknown',
  '550 5.1.1 The account that you tried to reach\n550 5.1.1 does not exist',
  '553 5.1.3 Bad syntax',
  '556 5.1.10 The domain takes no mail',
  '550 No such user here',
])('answers 422 for an address that is wrong for certain: %j', async (reply) => {
  mail.refusals.set('RCPT TO', reply);
  const { body } = await worker.put(path(newId())).send(letter).expect(422);
  expect(body.type).toBe(ADDRESS_REFUSED);
});

it('repeats a letter under the same Message-ID when its answer was lost', async () => {
  const key = newId();
  mail.mood = 'loses its answer';
  await worker.put(path(key)).send(letter).expect(503);
  mail.mood = 'accepts';
  await worker.put(path(key)).send(letter).expect(200);
  const ids = mail.letters.map(({ headers }) => headers['message-id']);
  expect(ids).toEqual([`<${key}@popug.example>`, `<${key}@popug.example>`]);
});

it('leaves a letter alone whose sender died, until its time is over', async () => {
  const key = newId();
  await state.setIfAbsent(`letter-${key}`, 'sending', 30);
  await worker.put(path(key)).send(letter).expect(503);
  expect(mail.letters).toHaveLength(0);
  await state.delete(`letter-${key}`);
  await worker.put(path(key)).send(letter).expect(200);
  expect(mail.letters).toHaveLength(1);
});

it('lets no name add a header or a recipient', async () => {
  const nickname = 'k\r\nBcc: thief@evil.example\r\n\r\n<b>"hi", x@y.example';
  await worker
    .put(path(newId()))
    .send({ ...letter, nickname })
    .expect(200);
  const [received] = mail.letters;
  expect(received!.recipients).toEqual(['kesha@popug.example']);
  expect(received!.headers['bcc']).toBeUndefined();
  expect(received!.headers['to']).toContain('<kesha@popug.example>');
  expect(received!.headers['subject']).toBe('Paid: $42.50 for March 2, 2026');
  expect(received!.text).not.toMatch(/^Bcc/m);
  expect(received!.html).toContain('&lt;b&gt;');
});

it.each([
  ['two addresses', { ...letter, to: 'a@popug.example, b@popug.example' }],
  ['a header in the address', { ...letter, to: 'a@popug.example\r\nBcc: b@popug.example' }],
  ['no address', { ...letter, to: '' }],
  ['an unknown language', { ...letter, locale: 'fr' }],
  ['an unknown template', { ...letter, letter: { template: 'advert' } }],
  ['a day that is none', { ...letter, letter: { ...paid, day: '2026-02-30' } }],
  ['a sum that is none', { ...letter, letter: { ...paid, amount: '42.50' } }],
  ['an unknown field', { ...letter, bcc: 'b@popug.example' }],
])('answers 400 for %s', async (_, body) => {
  await worker.put(path(newId())).send(body).expect(400);
  expect(mail.letters).toHaveLength(0);
});

it('answers 400 for a key that is no uuid', async () => {
  await worker.put(path('payout-1')).send(letter).expect(400);
});

it('hides its route from whom it is not for', async () => {
  await notify.client.service('gateway').put(path(newId())).send(letter).expect(404);
});

it.each(['account-worker', 'account', 'user'])('takes letters from %s', async (caller) => {
  await notify.client.service(caller).put(path(newId())).send(letter).expect(200);
});

it('says that a letter was sent, though the state store went away meanwhile', async () => {
  let open = (): void => undefined;
  mail.gate = new Promise((resolve) => (open = resolve));
  const answered = worker
    .put(path(newId()))
    .send(letter)
    .then((response) => response);
  await eventually('the letter is under way', () => mail.letters.length === 1);
  await notify.neighbours.stop();
  open();
  expect((await answered).body).toEqual({ sent: true, alreadySent: false });
});

it('sends nothing while the state store is away: nobody would know of it', async () => {
  await worker.put(path(newId())).send(letter).expect(503);
  expect(mail.letters).toHaveLength(0);
});
