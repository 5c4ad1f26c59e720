import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { readEnv, serviceEnv, tokenEnv } from '../../config/env';
import { Problem } from '../../kernel/errors';
import { createParts } from '../../runtime/parts';
import { koaOf, type ServiceApp } from '../../runtime/service';
import { eventually } from '../../testing/eventually';
import { TEST_APP_TOKEN, testClient, testEnv, testVerifier } from '../../testing/test-service';
import { END_MARK_HEADER, HEAD_ONLY_HEADER } from '../end-mark';
import { RouteTable, type Policies } from '../route';
import {
  amountColumn,
  currencyColumn,
  momentColumn,
  plainColumn,
  textColumn,
  type CsvColumn,
} from './columns';
import { csvAnswer, csvFile, csvQuery } from './csv-answer';
import { MAX_EXPORTS } from './export-slots';

interface Bird {
  name: string | null;
  cents: bigint | null;
  seenAt: Date | null;
  count: number;
}

const columns: CsvColumn<Bird>[] = [
  textColumn({ en: 'Name', ru: 'Имя' }, ({ name }) => name),
  amountColumn({ en: 'Worth', ru: 'Цена' }, ({ cents }) => cents),
  currencyColumn(),
  momentColumn({ en: 'Seen', ru: 'Видели' }, ({ seenAt }) => seenAt),
  plainColumn({ en: 'Count', ru: 'Число' }, ({ count }) => count),
];

const BOM = '﻿';
const MARK = 'ab'.repeat(16);
const seenAt = new Date('2026-03-02T15:00:05.000Z');
const bird = (name: string | null, cents: bigint | null = 1250n): Bird => ({
  name,
  cents,
  seenAt,
  count: 1,
});

const policies = { 'GET /birds.csv': { allow: 'anybody' } } as const satisfies Policies;
let batches: () => AsyncIterable<readonly Bird[]>;
let left = 0;
let title: string;
const table = new RouteTable(policies).on('GET /birds.csv', {
  summary: 'Birds',
  tag: 'birds',
  query: z.strictObject(csvQuery),
  answers: { 200: csvFile },
  handle: ({ query: { locale }, signal }) => {
    signal.addEventListener('abort', () => (left += 1));
    const format = { locale, timeZone: 'Europe/Moscow', currency: 'USD' };
    return csvAnswer({ name: ['birds', title], columns, batches: batches(), format });
  },
});

const env = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
const app: ServiceApp = {
  parts: { ...createParts('aviary', env), verifier: testVerifier() },
  routes: table.routes,
};
const client = testClient(app);

/** Yields the batches; never ends when asked to wait after them. */
async function* yielding(all: readonly Bird[][], then?: () => Promise<void>) {
  for (const batch of all) yield batch;
  await then?.();
}

const get = (query = '') =>
  client
    .anonymous()
    .get(`/birds.csv${query}`)
    .buffer(true)
    .parse((response, done) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (part: string) => (text += part));
      response.on('end', () => done(null, text));
    });

async function rowsOf(...birds: Bird[]): Promise<string[]> {
  batches = () => yielding([birds]);
  const text = (await get()).body as string;
  return text.split('\r\n').slice(1, -1);
}

beforeEach(() => {
  title = 'kesha';
  left = 0;
});

describe('a file', () => {
  it('is RFC 4180 with a byte order mark, amounts as decimals, local times', async () => {
    batches = () => yielding([[bird('Kesha'), bird('a "b", c', -5n)], [bird('two\nlines', 0n)]]);
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.body).toBe(
      [
        `${BOM}Name,Worth,Currency,Seen (Europe/Moscow),Count`,
        'Kesha,12.50,USD,2026-03-02 18:00:05,1',
        '"a ""b"", c",-0.05,USD,2026-03-02 18:00:05,1',
        '"two\nlines",0.00,USD,2026-03-02 18:00:05,1',
        '',
      ].join('\r\n'),
    );
  });

  it('has semicolons, decimal commas and Russian titles for Russian spreadsheets', async () => {
    batches = () => yielding([[bird('a;b', -123456n)]]);
    const answer = await get('?locale=ru');
    expect(answer.body).toBe(
      `${BOM}Имя;Цена;Валюта;Видели (Europe/Moscow);Число\r\n` +
        '"a;b";-1234,56;USD;2026-03-02 18:00:05;1\r\n',
    );
  });

  it('has empty cells for what is not there, and a head when it has no rows', async () => {
    expect(await rowsOf({ name: null, cents: null, seenAt: null, count: 0 })).toEqual([',,USD,,0']);
    expect(await rowsOf()).toEqual([]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '\ttab', '\rreturn'])(
    'does not let the text %j become a formula',
    async (name) => {
      const [row] = await rowsOf(bird(name, -1n));
      expect(row!.replaceAll('"', '')).toBe(`'${name},-0.01,USD,2026-03-02 18:00:05,1`);
    },
  );

  it.each(['a-b', '1=1', ' =1', 'kesha@popug.example'])('leaves the text %j', async (name) => {
    expect((await rowsOf(bird(name)))[0]).toBe(`${name},12.50,USD,2026-03-02 18:00:05,1`);
  });

  it('is saved under its name, also with letters that are no ASCII', async () => {
    batches = () => yielding([]);
    expect((await get()).headers['content-disposition']).toBe(
      'attachment; filename="popug-birds-kesha.csv"',
    );
    title = 'Кеша';
    const named = (await get()).headers['content-disposition'];
    expect(named).toContain(`filename*=UTF-8''popug-birds-${encodeURIComponent(title)}.csv`);
    expect(named).toMatch(/^[\x20-\x7e]+$/);
  });

  it('of an unknown language is 400', async () => {
    expect((await get('?locale=fr')).status).toBe(400);
  });

  it.each([
    ['HEAD', {}],
    ['GET for the head alone', { [HEAD_ONLY_HEADER]: 'true' }],
  ])('answers %s without reading the rows', async (method, asked) => {
    let isEnded = false;
    batches = async function* () {
      try {
        yield [bird('Kesha')];
        throw new Error('read although nobody wants it');
      } finally {
        isEnded = true;
      }
    };
    const koa = koaOf(app, { isReady: () => Promise.resolve(true), canConsume: () => true });
    const url = await listening(createServer(koa.callback()));
    const answer = await fetch(url, {
      method: method.split(' ')[0],
      headers: { 'dapr-api-token': TEST_APP_TOKEN, [END_MARK_HEADER]: MARK, ...asked },
    });
    expect(await answer.text()).toBe('');
    expect(answer.headers.get(END_MARK_HEADER)).toBe(MARK);
    expect(answer.headers.get('content-disposition')).toContain('popug-birds-kesha.csv');
    await eventually('the rows to be let go', () => isEnded);
  });
});

const servers: Server[] = [];
async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/birds.csv`;
}
afterAll(() => servers.forEach((server) => server.closeAllConnections()));
afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))));

describe('a file that fails', () => {
  const broken = (): Promise<void> => Promise.reject(new Error('the database went away'));

  it('before its first row is a problem', async () => {
    batches = () => yielding([], () => Promise.reject(new Problem(400, 'too-large', 'Too large')));
    const answer = await client.anonymous().get('/birds.csv');
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ type: 'too-large' });
  });

  it('after its first row breaks the connection', async () => {
    batches = () => yielding([[bird('Kesha')]], broken);
    await expect(get().then(({ body }) => body as string)).rejects.toThrow('aborted');
  });

  it('has no end mark', async () => {
    batches = () => yielding([[bird('Kesha')]], broken);
    const marked = get().set(END_MARK_HEADER, MARK);
    await expect(marked.then(({ body }) => body as string)).rejects.toThrow('aborted');
    batches = () => yielding([[bird('Kesha')]]);
    const whole = await get().set(END_MARK_HEADER, MARK);
    expect(whole.headers[END_MARK_HEADER]).toBe(MARK);
    expect((whole.body as string).endsWith(`\r\n${MARK}`)).toBe(true);
  });

  it('gives its place back each time', async () => {
    for (let turn = 0; turn <= MAX_EXPORTS; turn += 1) {
      batches = () => yielding([[bird('Kesha')]], broken);
      await expect(get().then(({ body }) => body as string)).rejects.toThrow('aborted');
      batches = () => yielding([], broken);
      expect((await get()).status).toBe(500);
    }
  });
});

describe('files at once', () => {
  it('are refused past the limit, and taken again when clients leave', async () => {
    let begun = 0;
    let ended = 0;
    batches = async function* () {
      begun += 1;
      try {
        for (;;) yield [bird('Kesha')];
      } finally {
        ended += 1;
      }
    };
    const koa = koaOf(app, { isReady: () => Promise.resolve(true), canConsume: () => true });
    const url = await listening(createServer(koa.callback()));
    const clients = Array.from({ length: MAX_EXPORTS }, () => new AbortController());
    const headers = { 'dapr-api-token': TEST_APP_TOKEN };
    for (const { signal } of clients) {
      const answer = await fetch(url, { headers, signal });
      await answer.body!.getReader().read();
    }
    const refused = await fetch(url, { headers });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ type: 'too-many-exports' });
    expect(begun).toBe(MAX_EXPORTS);
    for (const one of clients) one.abort();
    await eventually('the rows of those who left to be let go', () => ended === MAX_EXPORTS);
    expect(left).toBeGreaterThanOrEqual(MAX_EXPORTS);
    batches = () => yielding([]);
    expect((await get()).status).toBe(200);
  });
});
