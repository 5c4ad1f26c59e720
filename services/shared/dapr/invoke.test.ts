import { z } from 'zod';
import { defineCall } from '../contracts/call';
import { Problem } from '../kernel/errors';
import { Neighbours } from '../testing/neighbours';
import { call } from './invoke';
import { Sidecar } from './sidecar';

let neighbours: Neighbours;
let sidecar: Sidecar;

beforeEach(async () => {
  neighbours = new Neighbours();
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'token' });
});
afterEach(async () => {
  await sidecar.close();
  await neighbours.stop();
});

const askWeather = defineCall({
  app: 'weather',
  method: 'POST',
  path: '/weather',
  timeoutMs: 2_000,
  request: z.object({}),
  response: z.object({ isRaining: z.boolean() }),
  example: { request: {}, response: { isRaining: true } },
});

const PROBLEM = 'application/problem+json';
const notFound = JSON.stringify({ type: 'no-such-town', title: 'Town not found', detail: 'Nice' });

/** Returns what the call throws after this answer of the sidecar. */
async function thrownAfter(status: number, type: string, body: string): Promise<Problem> {
  neighbours.takeOver(/weather/, (_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  const error: unknown = await call(sidecar, askWeather, { body: {} }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
}

describe('call', () => {
  it('returns an answer that keeps the contract', async () => {
    neighbours.answer(askWeather, () => ({ isRaining: false }));
    expect(await call(sidecar, askWeather, { body: {} })).toEqual({ isRaining: false });
  });

  it.each([400, 403, 404, 409, 422, 429])('throws a %s as the callee said it', async (status) => {
    const problem = await thrownAfter(status, `${PROBLEM}; charset=utf-8`, notFound);
    expect(problem).toMatchObject({ status, id: 'no-such-town', detail: 'Nice' });
  });

  it.each([
    ["the sidecar's own 403", 403, 'application/json', '{"errorCode":"ERR_DIRECT_INVOKE"}'],
    ["the sidecar's own 404", 404, 'application/json', '{"errorCode":"ERR_DIRECT_INVOKE"}'],
    ["the sidecar's own 401", 401, 'text/plain', 'invalid api token'],
    ['404 with the type of a problem on another body', 404, 'application/json', notFound],
    ['404 with a problem that is none', 404, PROBLEM, '{}'],
    ['404 with half a problem', 404, PROBLEM, notFound.slice(0, -4)],
    ['404 with nothing', 404, PROBLEM, ''],
    ['422 with HTML', 422, 'text/html', '<html>'],
    ['401 for our own token', 401, PROBLEM, notFound],
    ['302', 302, PROBLEM, notFound],
    ['500', 500, PROBLEM, notFound],
    ['200 with HTML', 200, 'text/html', '<html>Welcome</html>'],
    ['200 with nothing', 200, 'application/json', ''],
    ['200 with half an answer', 200, 'application/json', '{"isRaining":tr'],
    ['200 with another answer', 200, 'application/json', '{"isSunny":true}'],
    ['200 with a problem', 200, PROBLEM, notFound],
    ['204', 204, 'application/json', ''],
  ])('throws 503 after %s', async (_, status, type, body) => {
    expect(await thrownAfter(status, type, body)).toMatchObject({ status: 503 });
  });
});
