import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { FilledOptions } from './options';
import { LOOPBACK, findPortOffset, supportPorts } from './ports';
import { Processes } from './processes';
import { startMail } from './support';
import { until } from './wait';

const OTHERS = 0o077;
const PATIENCE_MS = 20_000;
const FIRST_OFFSET = 15_000;
const SWITCHED = 101;
const FORBIDDEN = 403;

let folder: string;
let processes: Processes;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug-mail-'));
  const portOffset = await findPortOffset(FIRST_OFFSET);
  processes = new Processes(join(folder, 'logs'), () => undefined);
  await startMail({ dataDirectory: folder, portOffset } as FilledOptions, processes);
  const ports = supportPorts(portOffset);
  port = ports.mail;
  const transport = createTransport({ host: LOOPBACK, port: ports.smtp, ignoreTLS: true });
  await transport.sendMail({
    from: 'a@popug.test',
    to: 'b@popug.test',
    subject: 'Paid',
    text: 'x',
  });
  await until({ what: 'the letter', timeoutMs: PATIENCE_MS }, async () => {
    return (await letters()).length === 1;
  });
});
afterAll(async () => {
  await processes.stop(['mail']);
  processes.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sends a request with exactly these headers; resolves with the answer, also of an upgrade. */
function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET') {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>(
    (resolve, reject) => {
      const sent = request({ host: LOOPBACK, port, path, method, headers });
      sent.once('error', reject);
      sent.once('upgrade', (answer, socket) => {
        socket.destroy();
        resolve({ status: answer.statusCode!, headers: answer.headers, text: '' });
      });
      sent.once('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.once('end', () =>
          resolve({ status: answer.statusCode!, headers: answer.headers, text }),
        );
      });
      sent.end();
    },
  );
}

async function letters(): Promise<unknown[]> {
  return JSON.parse((await ask('/api/email')).text) as unknown[];
}

const WEB_SOCKET = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const SOCKET_PATH = '/socket.io/?EIO=4&transport=websocket';

describe('the mail catcher', () => {
  it.each([
    ['a name that was turned to this machine', { host: 'attacker.example:4092' }],
    ['a foreign page', { origin: 'https://attacker.example' }],
    ['a page on another port of this machine', { origin: 'http://127.0.0.1:3000' }],
    ['a page without origin', { origin: 'null' }],
    [
      'an element of a foreign page',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    ],
    [
      'a frame in a foreign page',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ],
  ])('answers nothing to %s', async (_, headers) => {
    for (const [method, path] of [
      ['GET', '/api/email'],
      ['GET', '/'],
      ['GET', '/socket.io/?EIO=4&transport=polling'],
      ['DELETE', '/api/email/all'],
    ] as const) {
      const answer = await ask(path, headers, method);
      expect([answer.status, path]).toEqual([FORBIDDEN, path]);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.text).not.toContain('Paid');
    }
    expect((await ask(SOCKET_PATH, { ...WEB_SOCKET, ...headers })).status).toBe(FORBIDDEN);
    expect(await letters()).toHaveLength(1);
  });

  it('answers its own page, web socket included, and who follows a link to it', async () => {
    const own = { origin: `http://${LOOPBACK}:${port}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask('/api/email', own)).status).toBe(200);
    expect((await ask(SOCKET_PATH, { ...WEB_SOCKET, ...own })).status).toBe(SWITCHED);
    const page = { accept: 'text/html' };
    const link = { ...page, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const followed = await ask('/', { ...link, 'sec-fetch-dest': 'document' });
    expect([followed.status, followed.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    expect((await ask('/', { ...page, host: `localhost:${port}` })).status).toBe(200);
  });

  it('keeps letters where nobody else may read them', async () => {
    const mail = join(folder, 'mail');
    const paths = [mail, ...(await readdir(mail)).map((name) => join(mail, name))];
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) expect([path, (await stat(path)).mode & OTHERS]).toEqual([path, 0]);
  });
});
