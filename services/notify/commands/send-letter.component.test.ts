import { Sidecar } from '../../shared/dapr/sidecar';
import { StateStore } from '../../shared/dapr/state';
import { newId } from '../../shared/kernel/ids';
import { createLogger } from '../../shared/observability/logger';
import { countOutcomes } from '../../shared/testing/at-once';
import { Neighbours } from '../../shared/testing/neighbours';
import { Mailer } from '../clients/mailer';
import { releaseLetter } from '../clients/sent-letters';
import type { NotifyContext } from '../context';
import { MailServer } from '../testing/mail-server';
import { sendLetter } from './send-letter';

const mail = new MailServer();
const neighbours = new Neighbours();
let sidecar: Sidecar;
let notify: NotifyContext;
beforeAll(async () => {
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'test-sidecar-token' });
  const channel = new Mailer(await mail.start(), 'Popug <no-reply@popug.example>');
  const logger = createLogger('notify', 'silent');
  notify = { store: new StateStore(sidecar), channel, logger };
});
afterAll(async () => {
  notify.channel.close();
  await sidecar.close();
  await neighbours.stop();
  await mail.stop();
});
beforeEach(() => {
  mail.letters.length = 0;
  mail.refusals.clear();
  neighbours.refusesState = () => false;
});

const order = () => {
  const key = newId();
  const letter = { template: 'beak-shape-changed' } as const;
  const to = 'kesha@popug.example';
  return {
    key,
    send: () => sendLetter(notify, { key, to, nickname: 'kesha', locale: 'en', letter }),
  };
};

it('a letter is sent once: of two at once one is refused, a later one is told so', async () => {
  const { send } = order();
  const settled = await Promise.allSettled([send(), send()]);
  expect(countOutcomes(settled)).toEqual({ done: 1, 'letter-being-sent': 1 });
  expect(await send()).toEqual({ sent: true, alreadySent: true });
  expect(mail.letters).toHaveLength(1);
});

it('a letter that the mail server did not take can be sent again', async () => {
  const { send } = order();
  mail.refusals.set('DATA', '451 busy');
  await expect(send()).rejects.toMatchObject({ status: 503 });
  mail.refusals.clear();
  expect(await send()).toEqual({ sent: true, alreadySent: false });
});

it('nothing is sent while the state store is away', async () => {
  neighbours.refusesState = () => true;
  await expect(order().send()).rejects.toMatchObject({ status: 503 });
  expect(mail.letters).toHaveLength(0);
});

it('a letter that was sent is sent, though that can’t be written down', async () => {
  const { key, send } = order();
  neighbours.refusesState = (_, body) => JSON.stringify(body ?? '').includes('"sent"');
  expect(await send()).toEqual({ sent: true, alreadySent: false });
  neighbours.refusesState = () => false;
  await expect(send()).rejects.toMatchObject({ id: 'letter-being-sent' });
  await releaseLetter(notify.store, key);
});
