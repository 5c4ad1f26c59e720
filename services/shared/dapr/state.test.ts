import { Neighbours } from '../testing/neighbours';
import { Sidecar } from './sidecar';
import { StateStore } from './state';

let neighbours: Neighbours;
let sidecar: Sidecar;
let store: StateStore;

beforeEach(async () => {
  neighbours = new Neighbours();
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'token' });
  store = new StateStore(sidecar);
});
afterEach(async () => {
  await sidecar.close();
  await neighbours.stop();
});

function answering(status: number, body: string): void {
  neighbours.takeOver(/\/state\//, (request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(body));
  });
}

const FAILURES: [string, number, string][] = [
  ['500 with an error', 500, '{"errorCode":"ERR_STATE_GET"}'],
  ['500 with nothing', 500, ''],
  ['503 with nothing', 503, ''],
  ['404 for the component', 404, ''],
  ['400 for the component', 400, '{"errorCode":"ERR_STATE_STORE_NOT_FOUND"}'],
  ['401 for our token', 401, 'invalid api token'],
  ['302 with nothing', 302, ''],
];

describe('StateStore', () => {
  it('keeps, finds and forgets a value', async () => {
    expect(await store.get('key')).toBeNull();
    expect(await store.setIfAbsent('key', { a: 1 }, 60)).toBe(true);
    expect(await store.setIfAbsent('key', { a: 2 }, 60)).toBe(false);
    expect(await store.get('key')).toEqual({ a: 1 });
    await store.set('key', { a: 3 }, 60);
    expect(await store.get('key')).toEqual({ a: 3 });
    await store.delete('key');
    expect(await store.get('key')).toBeNull();
  });

  it('changes and forgets the version that was read, and no other', async () => {
    await store.set('key', 'first', 60);
    const first = await store.read<string>('key');
    expect(first!.value).toBe('first');
    expect(await store.replace('key', 'second', first!.etag, 60)).toBe(true);
    expect(await store.replace('key', 'third', first!.etag, 60)).toBe(false);
    expect(await store.deleteVersion('key', first!.etag)).toBe(false);
    const second = await store.read<string>('key');
    expect(second!.value).toBe('second');
    expect(await store.deleteVersion('key', second!.etag)).toBe(true);
    expect(await store.replace('key', 'fourth', second!.etag, 60)).toBe(false);
    expect(await store.read('key')).toBeNull();
  });

  it.each(FAILURES)('neither finds, misses nor changes anything after %s', async (...failure) => {
    const [, status, body] = failure;
    answering(status, body);
    const away = { status: 503 };
    await expect(store.get('key')).rejects.toMatchObject(away);
    await expect(store.set('key', 1, 60)).rejects.toMatchObject(away);
    await expect(store.setIfAbsent('key', 1, 60)).rejects.toMatchObject(away);
    await expect(store.delete('key')).rejects.toMatchObject(away);
    await expect(store.read('key')).rejects.toMatchObject(away);
    await expect(store.replace('key', 1, '1', 60)).rejects.toMatchObject(away);
    await expect(store.deleteVersion('key', '1')).rejects.toMatchObject(away);
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<html>Welcome</html>'],
    ['half a value', '{"tokens":{'],
  ])('takes 200 with %s for no answer', async (_, body) => {
    answering(200, body);
    await expect(store.get('key')).rejects.toMatchObject({ status: 503 });
    await expect(store.set('key', 1, 60)).rejects.toMatchObject({ status: 503 });
    await expect(store.delete('key')).rejects.toMatchObject({ status: 503 });
  });
});
