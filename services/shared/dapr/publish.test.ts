import { newId } from '../kernel/ids';
import { Neighbours } from '../testing/neighbours';
import { PublishingUnclear, publishBulk, type OutgoingEvent } from './publish';
import { Sidecar, SidecarUnreachable } from './sidecar';

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

const [first, second, third] = [newId(), newId(), newId()];
const events = [first, second, third].map((id): OutgoingEvent => ({
  id,
  type: 'TaskFinished.v1',
  source: 'tester',
  subject: id,
  time: '2026-03-02T10:00:00.000Z',
  data: {},
}));

function publishAnswered(status: number, body: string): Promise<Set<string>> {
  neighbours.takeOver(/publish/, (_request, response) => response.writeHead(status).end(body));
  return publishBulk(sidecar, 'tasks', events);
}
const failing = (...failedEntries: unknown[]): string =>
  JSON.stringify({ failedEntries, errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE' });
const entry = (entryId: unknown): object => ({ entryId, error: 'redis is away' });

describe('publishBulk', () => {
  it('takes 204 for all, and a list of ours for all but those', async () => {
    expect(await publishAnswered(204, '')).toEqual(new Set());
    expect(await publishAnswered(500, failing(entry(second)))).toEqual(new Set([second]));
    expect(await publishAnswered(500, failing(...[first, second, third].map(entry)))).toEqual(
      new Set([first, second, third]),
    );
  });

  it.each([
    ['500 with an empty list', 500, failing()],
    ['500 with null for the list', 500, '{"failedEntries":null}'],
    ['500 without a list', 500, '{"errorCode":"ERR_PUBSUB_PUBLISH_MESSAGE"}'],
    ['500 with an entry without id', 500, failing(entry(first), { error: 'x' })],
    ['500 with an empty id', 500, failing(entry(first), entry(''))],
    ['500 with null for an id', 500, failing(entry(null))],
    ['500 with a number for an id', 500, failing(entry(1))],
    ['500 with the name that another client expects', 500, failing({ entryID: first })],
    ["500 with somebody else's id", 500, failing(entry(first), entry(newId()))],
    ['500 with an id twice', 500, failing(entry(first), entry(first))],
    ['500 with null for an entry', 500, failing(null)],
    ['500 with something else for the list', 500, '{"failedEntries":"all"}'],
    ['500 with null', 500, 'null'],
    ['500 with a text', 500, '"oh"'],
    ['500 with nothing', 500, ''],
    ['500 with half a list', 500, failing(entry(first), entry(second)).slice(0, -30)],
    ['500 with HTML', 500, '<html>Internal Server Error</html>'],
    ['502 with a list', 502, failing(entry(first))],
    ['200 with nothing', 200, ''],
    ['200 with HTML', 200, '<html>Welcome</html>'],
    ['200 with an empty list', 200, failing()],
    ['207 with a list', 207, failing(entry(first))],
    ['202 with nothing', 202, ''],
    ['302 with nothing', 302, ''],
    ['400 for a body that is too large', 400, '{"errorCode":"ERR_PUBSUB_EVENTS_SER"}'],
    ['401 for our token', 401, 'invalid api token'],
    ['403 for the topic', 403, '{"errorCode":"ERR_PUBSUB_FORBIDDEN"}'],
    ['403 with an empty list', 403, failing()],
    ['404 for the component', 404, '{"errorCode":"ERR_PUBSUB_NOT_FOUND"}'],
    ['404 with an empty list', 404, failing()],
  ])('counts nothing as published after %s', async (_, status, body) => {
    await expect(publishAnswered(status, body)).rejects.toThrow(PublishingUnclear);
  });

  it('counts nothing as published when the answer breaks off', async () => {
    neighbours.takeOver(/publish/, (_request, response) => {
      response.writeHead(500, { 'content-length': 1_000 }).write(failing(entry(first)));
      response.destroy();
    });
    await expect(publishBulk(sidecar, 'tasks', events)).rejects.toThrow(SidecarUnreachable);
  });
});
