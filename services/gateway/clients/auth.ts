import type { z } from 'zod';
import {
  loginTokens,
  refreshRequest,
  tokens,
  type LoginTokens,
  type TokenRequest,
  type Tokens,
} from '../../shared/contracts/tokens';
import { Problem, unavailable } from '../../shared/kernel/errors';
import { parseJson } from '../../shared/kernel/json';
import { currentContext } from '../../shared/observability/context';
import type { Upstream, WholeAnswer } from './upstream';

const FIRST_REFUSAL = 300;

interface Refusal {
  type: string;
  title: string;
  detail?: string;
}

/** Returns Auth's refusal as a problem for the client, unchanged. */
function refusalOf({ status, headers, body }: WholeAnswer): Problem {
  const { type, title, detail } = JSON.parse(body) as Refusal;
  const retryAfter = headers['retry-after'];
  return new Problem(status, type, title, {
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }),
  });
}

function answerIn<T>({ body }: WholeAnswer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) throw unavailable('The auth service', parsed.error);
  return parsed.data;
}

/**
 * Logs in from the address; returns the tokens and the device token. Throws every refusal of Auth
 * unchanged.
 */
export async function logIn(
  upstream: Upstream,
  login: TokenRequest,
  address: string,
): Promise<LoginTokens> {
  const headers = { 'x-forwarded-for': address };
  return answerIn(await ask(upstream, 'POST', '/tokens', login, headers), loginTokens);
}

/**
 * Exchanges a refresh token for new tokens of the same session; a refresh token is valid once.
 * Throws every refusal of Auth unchanged.
 */
export async function refreshTokens(upstream: Upstream, refreshToken: string): Promise<Tokens> {
  const body = refreshRequest.parse({ refreshToken });
  return answerIn(await ask(upstream, 'POST', '/tokens/refresh', body), tokens);
}

/** Ends a session on behalf of its owner. Throws every refusal of Auth unchanged. */
export async function endSession(
  upstream: Upstream,
  sessionId: string,
  token: string,
): Promise<void> {
  const authorization = `Bearer ${token}`;
  await ask(upstream, 'DELETE', `/sessions/${sessionId}`, null, { authorization });
}

async function ask(
  upstream: Upstream,
  method: string,
  path: string,
  body: object | null,
  headers: Record<string, string> = {},
): Promise<WholeAnswer> {
  const { requestId, traceparent } = currentContext();
  const answer = await upstream.collect({
    service: 'auth',
    method,
    path,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(requestId !== undefined && { 'x-request-id': requestId }),
      ...(traceparent !== undefined && { traceparent }),
      ...headers,
    },
    body: body && Buffer.from(JSON.stringify(body)),
  });
  if (answer.status >= FIRST_REFUSAL) throw refusalOf(answer);
  return answer;
}
