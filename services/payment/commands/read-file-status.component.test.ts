import { query } from '../../shared/db/data-source';
import { addDays } from '../../shared/kernel/business-day';
import {
  XML,
  filesUnderTest,
  referenceOf,
  statusReport,
  transactionStatus,
  type FilesUnderTest,
} from '../testing/files-under-test';

let files: FilesUnderTest;
beforeAll(async () => {
  files = await filesUnderTest();
});
afterAll(() => files.stop());

let days = 0;

/** Makes a file of so many transfers on a day of its own. */
async function fileOf(count: number): Promise<{ id: string; messageId: string; keys: string[] }> {
  const day = addDays('2026-05-01', (days += 1));
  const keys = await files.order(day, count);
  const id = await files.makeFile(day);
  return { id, messageId: referenceOf(id), keys };
}

const send = (id: string, document: string, type = XML) =>
  files.accountant.post(`/payment-files/${id}/status`).set('content-type', type).send(document);
const statesOf = (keys: readonly string[]): Promise<string[]> =>
  Promise.all(keys.map((key) => files.stateOf(key)));
const stored = async (key: string): Promise<{ bankReference: string; reason: string }> => {
  const sql = 'SELECT bank_reference AS "bankReference", reason FROM bank_transfers WHERE key = $1';
  const [row] = await query<{ bankReference: string; reason: string }>(files.app.database!, sql, [
    key,
  ]);
  return row!;
};

const REASON = '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>';
const IN_PROGRESS = 'in_progress';

it.each(['ACSC', 'ACCC'])('%s of the group settles the whole file, once', async (group) => {
  const { id, messageId, keys } = await fileOf(2);
  const { body } = await send(id, statusReport({ messageId, group })).expect(200);
  expect(body).toMatchObject({ state: 'settled', transfers: { succeeded: 2 } });
  expect((await send(id, statusReport({ messageId, group })).expect(200)).body).toEqual(body);
  expect(await statesOf(keys)).toEqual(['succeeded', 'succeeded']);
});

it.each(['ACTC', 'ACCP', 'ACSP', 'ACWC', 'PDNG', 'RCVD', 'PART', 'ZZZZ'])(
  '%s settles nothing: the transfers wait',
  async (status) => {
    const { id, messageId, keys } = await fileOf(2);
    const transactions = transactionStatus(keys[0]!, status);
    const report = statusReport({ messageId, group: status, payment: status, transactions });
    const { body } = await send(id, report).expect(200);
    expect(body).toMatchObject({ state: 'waiting', transfers: { waiting: 2 } });
    expect(await statesOf(keys)).toEqual([IN_PROGRESS, IN_PROGRESS]);
  },
);

it('RJCT refuses with the code and words of the bank', async () => {
  const { id, messageId, keys } = await fileOf(1);
  const words = '<AddtlInf>Konto gelöscht</AddtlInf><AddtlInf>am 1. März</AddtlInf>';
  const inGroup = `<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn>${words}</StsRsnInf>`;
  await send(id, statusReport({ messageId, group: 'RJCT', inGroup })).expect(200);
  expect(await stored(keys[0]!)).toEqual({
    bankReference: null,
    reason: 'AC04: Konto gelöscht am 1. März',
  });
});

it('a transaction counts before its payment, and a payment before the group', async () => {
  const { id, messageId, keys } = await fileOf(4);
  const transactions =
    transactionStatus(keys[0]!, 'RJCT', REASON) +
    transactionStatus(keys[1]!, 'PDNG') +
    transactionStatus(keys[2]!, 'ACSC', '<AcctSvcrRef>BANK-77</AcctSvcrRef>');
  const report = statusReport({ messageId, group: 'RJCT', payment: 'ACSC', transactions });
  await send(id, report).expect(200);
  expect(await statesOf(keys)).toEqual(['refused', IN_PROGRESS, 'succeeded', 'succeeded']);
  expect((await stored(keys[0]!)).reason).toBe('AC04: the account is closed');
  expect((await stored(keys[2]!)).bankReference).toBe('BANK-77');
  expect((await stored(keys[3]!)).bankReference).toBe(referenceOf(keys[3]!));
});

it('a reference that the bank gives to several is replaced by their own', async () => {
  const { id, messageId, keys } = await fileOf(2);
  const shared = '<AcctSvcrRef>BATCH-1</AcctSvcrRef>';
  const both = keys.map((key) => transactionStatus(key, 'ACSC', shared)).join('');
  await send(id, statusReport({ messageId, transactions: both })).expect(200);
  for (const key of keys) expect((await stored(key)).bankReference).toBe(referenceOf(key));
});

it('a report in two parts goes on where the first ended', async () => {
  const { id, messageId, keys } = await fileOf(2);
  const [first, second] = keys.map((key) => transactionStatus(key, 'ACSC'));
  await send(id, statusReport({ messageId, transactions: first! })).expect(200);
  expect(await statesOf(keys)).toEqual(['succeeded', IN_PROGRESS]);
  await send(id, statusReport({ messageId, transactions: first! + second! })).expect(200);
  expect(await statesOf(keys)).toEqual(['succeeded', 'succeeded']);
});

it('contradicts nothing that is settled: 409, and nothing changes', async () => {
  const { id, messageId, keys } = await fileOf(2);
  const first = transactionStatus(keys[0]!, 'ACSC');
  await send(id, statusReport({ messageId, transactions: first })).expect(200);
  const transactions = keys.map((key) => transactionStatus(key, 'RJCT')).join('');
  const { body } = await send(id, statusReport({ messageId, transactions })).expect(409);
  expect(body.type).toBe('transfer-settled');
  expect(await statesOf(keys)).toEqual(['succeeded', IN_PROGRESS]);
});

describe('refuses, and applies nothing of', () => {
  const amount = (value: string, currency = 'USD'): string =>
    `<OrgnlTxRef><Amt><InstdAmt Ccy="${currency}">${value}</InstdAmt></Amt></OrgnlTxRef>`;

  it.each<[string, (of: { messageId: string; key: string }) => string]>([
    ['a report about another message', () => statusReport({ messageId: 'other', group: 'ACSC' })],
    [
      'another payment',
      ({ messageId }) => statusReport({ messageId, paymentId: 'other', payment: 'ACSC' }),
    ],
    [
      'another count',
      ({ messageId }) =>
        statusReport({ messageId, inGroup: '<OrgnlNbOfTxs>2</OrgnlNbOfTxs>', payment: 'ACSC' }),
    ],
    [
      'another control sum',
      ({ messageId }) =>
        statusReport({ messageId, inGroup: '<OrgnlCtrlSum>10.01</OrgnlCtrlSum>', payment: 'ACSC' }),
    ],
    [
      'a wrong amount',
      ({ messageId, key }) =>
        statusReport({ messageId, transactions: transactionStatus(key, 'ACSC', amount('10.01')) }),
    ],
    [
      'a wrong currency',
      ({ messageId, key }) => {
        const other = amount('10.00', 'EUR');
        return statusReport({ messageId, transactions: transactionStatus(key, 'ACSC', other) });
      },
    ],
    [
      'two statuses of one transaction',
      ({ messageId, key }) => {
        const both = transactionStatus(key, 'ACSC') + transactionStatus(key, 'RJCT');
        return statusReport({ messageId, transactions: both });
      },
    ],
    ['another version of the message', ({ messageId }) => older(messageId)],
    ['a document that is no XML', () => '{"status":"ACSC"}'],
    ['an empty document', () => '<Document/>'],
    [
      'a file of the server (XXE)',
      ({ messageId }) =>
        statusReport({ messageId, group: '&x;' }).replace(
          '<Document',
          '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document',
        ),
    ],
    [
      'billions of laughs',
      ({ messageId }) =>
        statusReport({ messageId, group: 'ACSC' }).replace(
          '<Document',
          '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Document',
        ),
    ],
  ])('%s', async (_, write) => {
    const { id, messageId, keys } = await fileOf(1);
    const { body } = await send(id, write({ messageId, key: keys[0]! })).expect(400);
    expect(body.type).toBe('bad-request');
    expect(JSON.stringify(body)).not.toContain('root:');
    expect(await statesOf(keys)).toEqual([IN_PROGRESS]);
  });

  const older = (messageId: string): string =>
    statusReport({ messageId, group: 'ACSC' }).replace('002.001.10', '002.001.03');

  it('transactions that the file does not hold, by their names', async () => {
    const { id, messageId, keys } = await fileOf(1);
    const other = (await fileOf(1)).keys[0]!;
    const both = [keys[0]!, other].map((key) => transactionStatus(key, 'ACSC')).join('');
    const { body } = await send(id, statusReport({ messageId, transactions: both })).expect(400);
    expect(body.detail).toContain(referenceOf(other));
    expect(await statesOf([...keys, other])).toEqual([IN_PROGRESS, IN_PROGRESS]);
  });
});

it.each([
  ['JSON', 'application/json', 415],
  ['text', 'text/plain', 415],
  ['another charset', 'application/xml; charset=latin1', 415],
])('%s is no report: %s', async (_, type, status) => {
  const { id, messageId } = await fileOf(1);
  await send(id, statusReport({ messageId, group: 'ACSC' }), type).expect(status);
});

it('a report over two million bytes: 413; an empty one: 400', async () => {
  const { id } = await fileOf(1);
  await send(id, `<a>${'x'.repeat(2_000_000)}</a>`).expect(413);
  await send(id, '').expect(400);
});

it('a report with amounts, count and sum as the file has them is applied', async () => {
  const { id, messageId, keys } = await fileOf(1);
  const same = '<OrgnlTxRef><Amt><InstdAmt Ccy="USD">10.0</InstdAmt></Amt></OrgnlTxRef>';
  const report = statusReport({
    messageId,
    inGroup: '<OrgnlNbOfTxs>1</OrgnlNbOfTxs><OrgnlCtrlSum>10.00</OrgnlCtrlSum>',
    transactions: transactionStatus(keys[0]!, 'ACCC', same),
  });
  await send(id, report).expect(200);
  expect(await statesOf(keys)).toEqual(['succeeded']);
});
