import { newId } from '../../shared/kernel/ids';
import { tokenFor } from '../../shared/testing/test-service';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test';

const XML = 'application/xml';
const path = `/api/v1/payment-files/${newId()}/status`;
const authorization = `Bearer ${tokenFor({ role: 'accountant' })}`;

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.seen.splice(0));

const post = (type: string, body: string, to = path) =>
  gateway.client.post(to).set({ authorization, 'content-type': type }).send(body);

it('a document passes to the service that consumes it, byte by byte, also above 64 kB', async () => {
  const document = `<a>${'щ'.repeat(100_000)}</a>`;
  await post(XML, document).expect(200);
  expect(gateway.seen).toMatchObject([{ method: 'POST', body: document }]);
  expect(gateway.seen[0]!.headers['content-type']).toBe(XML);
});

it('its route takes nothing else, and other routes take no document', async () => {
  await post('application/json', '{}').expect(415);
  await post('text/xml', '<a/>').expect(415);
  await post(`${XML}; charset=latin1`, '<a/>').expect(415);
  await post(XML, '<a/>', path.replace('status', 'confirm')).expect(415);
  expect(gateway.seen).toEqual([]);
});

it('a document above its own limit is 413; JSON keeps the limit of 64 kB', async () => {
  await post(XML, 'x'.repeat(2_000_001)).expect(413);
  const json = JSON.stringify({ reason: 'x'.repeat(70_000) });
  await post('application/json', json, path.replace('status', 'reject')).expect(413);
  expect(gateway.seen).toEqual([]);
});

it('a file is handed back as the service names it', async () => {
  gateway.answerWith((_, response) => {
    const headers = { 'content-type': XML, 'content-disposition': 'attachment; filename="a.xml"' };
    response.writeHead(200, headers).end('<a/>');
  });
  const answer = await gateway.client
    .get(path.replace('status', 'file'))
    .set({ authorization })
    .expect(200);
  expect(answer.headers).toMatchObject({
    'content-type': XML,
    'content-disposition': 'attachment; filename="a.xml"',
    'x-content-type-options': 'nosniff',
  });
});
