import type { ServerResponse } from 'node:http';
import { BANK_TRANSFER_UNKNOWN } from '../../../shared/contracts/calls/payment';
import { Sidecar } from '../../../shared/dapr/sidecar';
import { newId } from '../../../shared/kernel/ids';
import { Neighbours } from '../../../shared/testing/neighbours';
import { IN_PROGRESS, WAITS_FOR_OPERATOR } from '../domain/reasons';
import { askTransfer, putTransfer } from './payment';

let neighbours: Neighbours;
let sidecar: Sidecar;

beforeAll(async () => {
  neighbours = new Neighbours();
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'test' });
});
afterAll(async () => {
  await sidecar.close();
  await neighbours.stop();
});

const PROBLEM = 'application/problem+json';
const JSON_TYPE = 'application/json';
const order = { amount: '4250', currency: 'USD', bankAccount: '40817810099910004312' };

function answerAll(status: number, type: string, body: object | string): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  neighbours.takeOver(/bank-transfers/, (_, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type }).end(text);
  });
}

const unknown = { type: BANK_TRANSFER_UNKNOWN, title: 'never arrived' };

describe('asked about a key', () => {
  it('Payment’s own problem says that it never arrived', async () => {
    answerAll(404, `${PROBLEM}; charset=utf-8`, unknown);
    expect(await askTransfer(sidecar, newId())).toEqual({ verdict: 'never-arrived' });
  });

  it.each<[string, number, string, object | string]>([
    ['the 404 of a route', 404, PROBLEM, { type: 'not-found', title: 'Route not found' }],
    ['a sidecar’s 404', 404, JSON_TYPE, { errorCode: 'ERR_DIRECT_INVOKE', message: 'no app' }],
    ['a proxy’s 404', 404, 'text/html', '<html>404 Not Found</html>'],
    ['the right words from somebody else', 404, JSON_TYPE, unknown],
    ['a sidecar’s 400', 400, JSON_TYPE, { errorCode: 'ERR_DIRECT_INVOKE', message: 'bad' }],
    ['a sidecar’s 403', 403, JSON_TYPE, { errorCode: 'ERR_DIRECT_INVOKE', message: 'denied' }],
    ['a problem without id', 404, PROBLEM, { title: 'Not found' }],
    ['no JSON where a problem was promised', 404, PROBLEM, 'not found'],
  ])('%s says nothing about the money', async (_, status, type, body) => {
    answerAll(status, type, body);
    expect(await askTransfer(sidecar, newId())).toMatchObject({ verdict: 'unanswered' });
    expect(await putTransfer(sidecar, newId(), order)).toMatchObject({ verdict: 'unanswered' });
  });
});

it('told to transfer, Payment’s own refusal of the request is for a person to look at', async () => {
  answerAll(422, PROBLEM, { type: 'key-reused', title: 'This key belongs to another transfer' });
  expect(await putTransfer(sidecar, newId(), order)).toMatchObject({ verdict: 'nonsense' });
});

it.each([
  [undefined, { verdict: 'unclear', reason: IN_PROGRESS }],
  ['bank', { verdict: 'unclear', reason: IN_PROGRESS }],
  ['operator', { verdict: 'waiting', reason: WAITS_FOR_OPERATOR }],
])('an order in progress that waits for %s says so', async (waitingFor, expected) => {
  const state = { outcome: 'in_progress', bankReference: null, reason: null, waitingFor };
  answerAll(202, JSON_TYPE, state);
  expect(await askTransfer(sidecar, newId())).toEqual(expected);
});
