import { request } from 'undici';
import { z } from 'zod';
import { unavailable } from '../../shared/kernel/errors';
import { parseJson } from '../../shared/kernel/json';

const PAGE_TIMEOUT_MS = 10_000;
const OK = 200;
/** Pages of one statement: a million transfers. */
const MAX_PAGES = 1_000;

const page = z.object({
  items: z.array(
    z.object({
      reference: z.string(),
      amount: z.string().regex(/^\d{1,18}$/),
      currency: z.string(),
      account: z.string(),
      bookedAt: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
});

/** Executed transfer on the bank's statement; the amount in minor units. */
export type StatementLine = z.infer<typeof page>['items'][number];

/**
 * Returns the bank's statement of a span of time, page by page. Throws 503 when the bank is away or
 * answers anything else.
 */
export async function* readStatement(
  bankUrl: string,
  from: Date,
  to: Date,
): AsyncGenerator<StatementLine[]> {
  const base = bankUrl.replace(/\/$/, '');
  let after = '0';
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const search = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), after });
    const { items, next } = await readPage(`${base}/statement?${search.toString()}`);
    yield items;
    if (next === null) return;
    after = next;
  }
  throw unavailable('The end of the statement', new Error(`longer than ${MAX_PAGES} pages`));
}

async function readPage(url: string): Promise<z.infer<typeof page>> {
  try {
    const signal = AbortSignal.timeout(PAGE_TIMEOUT_MS);
    const { statusCode, body } = await request(url, { signal });
    const text = await body.text();
    if (statusCode !== OK) throw new Error(`${statusCode}`);
    return page.parse(parseJson(text));
  } catch (error) {
    throw unavailable('The statement of the bank', error);
  }
}
