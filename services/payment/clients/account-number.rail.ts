import { Pool } from 'undici';
import { z } from 'zod';
import { moment, storableText } from '../../shared/contracts/fields';
import { parseJson } from '../../shared/kernel/json';
import {
  nonsense,
  trouble,
  type NeverArrived,
  type Order,
  type Outcome,
  type Rail,
  type ReturnLine,
  type Returns,
} from './rail';

/** Connections to the bank, at least as many as callers keep transfers in flight. */
const CONNECTIONS = 64;
const MAX_ANSWER_BYTES = 64 * 1_024;
const MAX_REFERENCE = 100;
const MAX_REASON = 500;
const OK = 200;
const TOO_MANY = 429;
const SERVER_ERROR = 500;

const echo = {
  reference: z.string(),
  amount: z.string(),
  currency: z.string(),
  account: z.string(),
};

/** Answers that the bank gives about a reference; any other body does not come from the bank. */
const bankAnswer = z.discriminatedUnion('status', [
  z.object({
    ...echo,
    status: z.literal('executed'),
    bankReference: storableText(MAX_REFERENCE).min(1),
  }),
  z.object({
    ...echo,
    status: z.literal('rejected'),
    bankReference: storableText(MAX_REFERENCE).nullable(),
    reason: storableText(MAX_REASON).min(1),
  }),
  z.object({ status: z.literal('unknown'), reference: z.string() }),
]);
type BankAnswer = z.infer<typeof bankAnswer>;

/** One page of the bank's statement of returns; amounts are minor units. */
const MAX_LINES = 100;
const POSITION = /^[1-9]\d{0,17}$/;
const returnsAnswer = z.object({
  items: z
    .array(
      z.object({
        ...echo,
        position: z.string().regex(POSITION),
        amount: z.string().regex(POSITION),
        bankReference: storableText(MAX_REFERENCE).min(1),
        reason: storableText(MAX_REASON).min(1),
        returnedAt: moment,
      }),
    )
    .max(MAX_LINES),
});

/** HTTP statuses that fit each answer; any other status contradicts the body. */
const STATUSES: Record<BankAnswer['status'], readonly number[]> = {
  executed: [200, 201],
  rejected: [200, 201, 422],
  unknown: [404],
};

/** The rail by account number: the bank's HTTP interface, one resource per reference. */
export class AccountNumberRail implements Rail {
  private readonly pool: Pool;
  private readonly basePath: string;

  constructor(bankUrl: string) {
    const { origin, pathname } = new URL(bankUrl);
    this.pool = new Pool(origin, { connections: CONNECTIONS, maxResponseSize: MAX_ANSWER_BYTES });
    this.basePath = pathname.replace(/\/$/, '');
  }

  /** Returns what the bank knows about the reference. */
  ask(order: Order, signal: AbortSignal): Promise<Outcome | NeverArrived> {
    return this.exchange('GET', order, signal);
  }

  /** Orders the transfer. The bank executes the first order of a reference only. */
  async send(order: Order, signal: AbortSignal): Promise<Outcome> {
    const outcome = await this.exchange('PUT', order, signal);
    return outcome.kind === 'never-arrived' ? nonsense('the bank forgot what it got') : outcome;
  }

  /** Returns the lines of the bank's statement of returns after a position; at most 100. */
  async returns(after: bigint, signal: AbortSignal): Promise<Returns> {
    const path = `${this.basePath}/returns?after=${after}`;
    try {
      const { statusCode, body } = await this.pool.request({ method: 'GET', path, signal });
      return readReturns(after, statusCode, await body.text());
    } catch (error) {
      return noAnswer(error);
    }
  }

  /** Closes the connections to the bank. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  private async exchange(
    method: 'GET' | 'PUT',
    order: Order,
    signal: AbortSignal,
  ): Promise<Outcome | NeverArrived> {
    const { amount, currency, account } = wireOf(order);
    const path = `${this.basePath}/transfers/${order.reference}`;
    const body = method === 'PUT' ? JSON.stringify({ amount, currency, account }) : null;
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    try {
      const answer = await this.pool.request({ method, path, headers, body, signal });
      return judge(order, answer.statusCode, await answer.body.text());
    } catch (error) {
      return noAnswer(error);
    }
  }
}

function noAnswer(error: unknown): ReturnType<typeof trouble> {
  return trouble(`no answer: ${error instanceof Error ? error.message : String(error)}`);
}

/** Returns whether the bank is in trouble of its own, which passes. */
function isTrouble(status: number): boolean {
  return status >= SERVER_ERROR || status === TOO_MANY;
}

/** Accepts a statement only in the order of its positions, all of them after the one asked for. */
function readReturns(after: bigint, status: number, text: string): Returns {
  if (isTrouble(status)) return trouble(`the bank answered ${status}`);
  const parsed = returnsAnswer.safeParse(parseJson(text));
  if (status !== OK || !parsed.success)
    return nonsense(`${status} with a body that is no statement`);
  const lines = parsed.data.items.map(
    ({ position, amount, account, returnedAt, ...line }): ReturnLine => ({
      ...line,
      position: BigInt(position),
      amountCents: BigInt(amount),
      bankAccount: account,
      returnedAt: new Date(returnedAt),
    }),
  );
  const isOrdered = lines.every(
    ({ position }, at) => position > (lines[at - 1]?.position ?? after),
  );
  return isOrdered ? { kind: 'returns', lines } : nonsense('a statement out of order');
}

function wireOf(order: Order): { amount: string; currency: string; account: string } {
  const { amountCents, currency, bankAccount } = order;
  return { amount: amountCents.toString(), currency, account: bankAccount };
}

/**
 * Accepts an answer only when its form, status, reference, amount and account all fit the order.
 */
function judge(order: Order, status: number, text: string): Outcome | NeverArrived {
  if (isTrouble(status)) return trouble(`the bank answered ${status}`);
  const parsed = bankAnswer.safeParse(parseJson(text));
  if (!parsed.success) return nonsense(`${status} with a body that is no answer of the bank's`);
  const answer = parsed.data;
  if (!STATUSES[answer.status].includes(status)) return nonsense(`${answer.status} with ${status}`);
  if (answer.reference !== order.reference) return nonsense('an answer to another reference');
  if (answer.status === 'unknown') return { kind: 'never-arrived' };
  const wrong = differingField(order, answer);
  if (wrong !== null) return nonsense(`${answer.status}, but with another ${wrong}`);
  return answer.status === 'executed'
    ? { kind: 'executed', bankReference: answer.bankReference }
    : { kind: 'rejected', bankReference: answer.bankReference, reason: answer.reason };
}

function differingField(order: Order, answer: Record<'amount' | 'currency' | 'account', string>) {
  const ordered = wireOf(order);
  const fields = ['amount', 'currency', 'account'] as const;
  return fields.find((field) => answer[field] !== ordered[field]) ?? null;
}
