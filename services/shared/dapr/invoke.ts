import { HttpMethod } from '@dapr/dapr/enum/HttpMethod.enum';
import HTTPClientInvoker from '@dapr/dapr/implementation/Client/HTTPClient/invoker';
import { z } from 'zod';
import type { CallContract } from '../contracts/call';
import { PROBLEM_TYPE, Problem, unavailable } from '../kernel/errors';
import { parseJson } from '../kernel/json';
import { Refused, sdkClient } from './sdk-client';
import { SidecarUnreachable, type Sidecar, type SidecarAnswer } from './sidecar';

const UNAUTHORIZED = 401;
const FIRST_CLIENT_ERROR = 400;
const SERVER_ERROR = 500;
const FIRST_REFUSAL = 300;

export interface CallInput<Request> {
  /** Values of the path's `{parameters}`. */
  params?: Record<string, string>;
  body: Request;
}

/** The callee's answer breaks the contract; `cause` of the 503 that the caller gets. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

/** Returns the path of an invocation through the sidecar, with the app-id encoded. */
export function invocationPath(app: string, path: string): string {
  return `/v1.0/invoke/${encodeURIComponent(app)}/method${path}`;
}

function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  detail: z.string().optional(),
});

/**
 * Returns true for refusals that the caller may handle; a 401 means that our own token is wrong.
 */
function isForCaller(status: number): boolean {
  return status >= FIRST_CLIENT_ERROR && status < SERVER_ERROR && status !== UNAUTHORIZED;
}

/**
 * Returns the callee's refusal unchanged, so that the caller can decide by `id`. Services refuse
 * with problem documents only: any other refusal comes from a sidecar or a proxy, and becomes a
 * 503.
 */
function refusal(app: string, answer: SidecarAnswer): Problem {
  const body = isProblem(answer) ? problemBody.safeParse(parseJson(answer.text)) : null;
  if (!body?.success || !isForCaller(answer.status)) {
    return unavailable(`The ${app} service`, new Error(`${answer.status}: ${answer.text}`));
  }
  const { type, title, detail } = body.data;
  const retryAfter = Number(answer.headers['retry-after']);
  return new Problem(answer.status, type, title, {
    ...(detail === undefined ? {} : { detail }),
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
  });
}

function isProblem({ headers }: SidecarAnswer): boolean {
  return String(headers['content-type'] ?? '').startsWith(PROBLEM_TYPE);
}

/**
 * Calls another service through the sidecars and validates its answer against the contract. Throws
 * 503 `unavailable` when the service is unreachable, slow, broken or breaks the contract, or when a
 * sidecar refused; any other refusal of the callee is thrown as the `Problem` it answered.
 */
export async function call<Request, Response>(
  sidecar: Sidecar,
  contract: CallContract<Request, Response>,
  input: CallInput<Request>,
): Promise<Response> {
  const path = fillPath(contract.path, input.params ?? {});
  const client = sdkClient(sidecar, {
    timeoutMs: contract.timeoutMs,
    isSuccess: (status) => status < FIRST_REFUSAL,
  });
  const answer = await new HTTPClientInvoker(client)
    .invoke(
      encodeURIComponent(contract.app),
      path.slice(1),
      HttpMethod[contract.method],
      contract.method === 'GET' ? undefined : input.body,
    )
    .catch((error: unknown) => {
      if (error instanceof Refused) throw refusal(contract.app, error.answer);
      if (error instanceof SidecarUnreachable) {
        throw unavailable(`The ${contract.app} service`, error);
      }
      throw error;
    });
  const parsed = contract.response.safeParse(parseJson((answer as SidecarAnswer).text));
  if (!parsed.success) {
    const cause = new ContractBroken(`${contract.method} ${path}`, { cause: parsed.error });
    throw unavailable(`The ${contract.app} service`, cause);
  }
  return parsed.data;
}
