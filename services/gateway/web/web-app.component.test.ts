import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test';

const SESSION = 's'.repeat(43);
const SCRIPT = '/assets/index-1a2b.js';

const page = `<meta name="popug-session" content="__SESSION__">
<script src="${SCRIPT}" nonce="__NONCE__"></script><link nonce="__NONCE__">`;

/** What the build makes, in small. */
function someBuild(): string {
  const directory = mkdtempSync(join(tmpdir(), 'popug-web-'));
  for (const folder of ['assets', 'api-docs']) mkdirSync(join(directory, folder));
  const files = {
    'index.html': page,
    'pages.json': '["/", "/tasks", "/tasks/:id"]',
    'theme.js': 'theme',
    'icon.svg': '<svg/>',
    'api-docs/index.html': '<main>API</main>',
    'api-docs/start.js': 'start',
    [SCRIPT.slice(1)]: 'script',
    [`${SCRIPT.slice(1)}.br`]: brotliCompressSync('script'),
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

let directory: string;
let gateway: GatewayUnderTest;
beforeAll(async () => {
  directory = someBuild();
  gateway = await startGateway({ WEB_DIRECTORY: directory });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(directory, { recursive: true });
});

it.each(['/', '/tasks', '/tasks/0192c5a4', '/tasks?status=finished'])(
  '%s is the page',
  async (at) => {
    const { status, headers, text } = await gateway.client.get(at);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(text).toContain(SCRIPT);
  },
);

it('the policy names the nonce of this answer, and nothing inline or foreign', async () => {
  const answers = await Promise.all([1, 2].map(() => gateway.client.get('/tasks')));
  const nonces = answers.map(({ headers, text }) => {
    const [, nonce] = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')!;
    expect(text.split(`nonce="${nonce}"`)).toHaveLength(3);
    expect(text).not.toContain('__NONCE__');
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    return nonce;
  });
  expect(new Set(nonces).size).toBe(2);
});

it('the page is told whether a session cookie came', async () => {
  expect((await gateway.client.get('/tasks')).text).toContain('content="none"');
  const signedIn = gateway.client.get('/tasks').set('cookie', `__Host-popug=${SESSION}`);
  expect((await signedIn).text).toContain('content="kept"');
});

it('files with a hash are kept for ever, and come as the build compressed them', async () => {
  const { headers, text } = await gateway.client.get(SCRIPT).set('accept-encoding', 'identity');
  expect(text).toBe('script');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-type']).toMatch(/javascript/);
  const packed = await gateway.client.get(SCRIPT).set('accept-encoding', 'br').buffer(true);
  expect(packed.headers['content-encoding']).toBe('br');
  expect(packed.headers['vary']).toMatch(/accept-encoding/i);
});

it('files without a hash are asked for again soon', async () => {
  const { headers } = await gateway.client.get('/theme.js');
  expect(headers['cache-control']).toBe('public, max-age=300');
});

it.each([
  '/Tasks',
  '/tasks/',
  '/tasks/1/2',
  '/nothing',
  '/api/v1/nothing',
  '/events/users',
  '/assets/index-gone.js',
  `${SCRIPT}.br`,
  '/assets/..%2findex.html',
  '/index.html',
  '/pages.json',
])('%s stays what it is: 404', async (at) => {
  const { status, headers } = await gateway.client.get(at);
  expect(status).toBe(404);
  expect(headers['content-type']).toMatch(/problem\+json/);
});

it('the API page may show pictures of its own, and nothing inline or foreign', async () => {
  const { status, headers, text } = await gateway.client.get('/api/docs');
  expect(status).toBe(200);
  expect(text).toContain('API');
  expect(headers['content-security-policy']).toContain("img-src 'self' data:");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect((await gateway.client.get('/api/docs/start.js')).status).toBe(200);
  expect((await gateway.client.get('/api/docs/other.js')).status).toBe(404);
});

it('a page takes no other method', async () => {
  expect((await gateway.client.post('/tasks')).status).toBe(405);
});

it('without a directory there are no pages', async () => {
  const bare = await gateway.replica({ WEB_DIRECTORY: '' });
  const { status } = await bare.client.get('/tasks');
  await bare.stop();
  expect(status).toBe(404);
});

it('a directory without the application is refused at the start', async () => {
  const replica = gateway.replica({ WEB_DIRECTORY: join(directory, 'assets') });
  await expect(replica).rejects.toThrow(/holds no application/);
});
