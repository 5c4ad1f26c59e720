import { newId } from '../shared/kernel/ids';
import { tokenFor } from '../shared/testing/test-service';
import { answerOk, startGateway, type GatewayUnderTest } from './testing/gateway-under-test';

let gateway: GatewayUnderTest;
const bearer = (caller = {}): string => `Bearer ${tokenFor(caller)}`;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.seen.length = 0;
  gateway.answerWith(answerOk);
});

describe('passing a request on', () => {
  it('sends method, path, query and body to the service, and its answer back', async () => {
    gateway.answerWith((_, response) => {
      response
        .writeHead(201, { 'content-type': 'application/json', etag: '"1"', 'x-inside': 'secret' })
        .end('{"id":"1"}');
    });
    const answer = await gateway.client
      .post('/api/v1/tasks?a=%20b')
      .set('authorization', bearer())
      .send({ title: '[A-1] Пёс' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id: '1' });
    expect(answer.headers).toMatchObject({ etag: '"1"' });
    expect(answer.headers['x-inside']).toBeUndefined();
    const [seen] = gateway.seen;
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/v1.0/invoke/board/method/tasks?a=%20b',
      body: '{"title":"[A-1] Пёс"}',
    });
    expect(seen!.headers['authorization']).toMatch(/^Bearer /);
    expect(answer.headers['x-request-id']).toBe(seen!.headers['x-request-id']);
  });

  it('refuses a request without a token before any service sees it', async () => {
    const answer = await gateway.client.get(`/api/v1/tasks/${newId()}`);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(gateway.seen).toEqual([]);
  });
});
