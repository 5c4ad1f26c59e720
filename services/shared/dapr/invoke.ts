import type { CallContract } from '../contracts/call';
import { Problem, unavailable } from '../kernel/errors';
import { SidecarUnreachable, type Sidecar, type SidecarAnswer } from './sidecar';

const SERVER_ERROR = 500;
const FIRST_REFUSAL = 300;

export interface CallInput<Request> {
  /** Values of the path's `{parameters}`. */
  params?: Record<string, string>;
  body: Request;
}

/** The callee answered, but something else than agreed; the `cause` of the 503 for that. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

/** The path of an invocation through the sidecar, its parts encoded. */
export function invocationPath(app: string, path: string): string {
  return `/v1.0/invoke/${encodeURIComponent(app)}/method${path}`;
}

function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
}

/** The callee's refusal as it said it, so that the caller can decide by `status` and `id`. */
function refusal(app: string, answer: SidecarAnswer): Problem {
  if (answer.status >= SERVER_ERROR) {
    return unavailable(`The ${app} service`, new Error(`${answer.status}: ${answer.text}`));
  }
  const body = parseJson(answer.text) as ProblemBody | undefined;
  const title = body?.title ?? `The ${app} service refused`;
  const retryAfter = Number(answer.headers['retry-after']);
  return new Problem(answer.status, body?.type ?? 'refused', title, {
    ...(body?.detail === undefined ? {} : { detail: body.detail }),
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Calls another service through the sidecars and checks its answer against the contract.
 * Throws `Problem` 503 when the service is away, slow, broken or answers something else than
 * agreed; any other refusal is thrown as the `Problem` the callee answered.
 */
export async function call<Request, Response>(
  sidecar: Sidecar,
  contract: CallContract<Request, Response>,
  input: CallInput<Request>,
): Promise<Response> {
  const path = fillPath(contract.path, input.params ?? {});
  const answer = await sidecar
    .request({
      method: contract.method,
      path: invocationPath(contract.app, path),
      ...(contract.method === 'GET' ? {} : { body: JSON.stringify(input.body) }),
      timeoutMs: contract.timeoutMs,
    })
    .catch((error: unknown) => {
      if (error instanceof SidecarUnreachable) {
        throw unavailable(`The ${contract.app} service`, error);
      }
      throw error;
    });
  if (answer.status >= FIRST_REFUSAL) throw refusal(contract.app, answer);
  const parsed = contract.response.safeParse(parseJson(answer.text));
  if (!parsed.success) {
    const cause = new ContractBroken(`${contract.method} ${path}`, { cause: parsed.error });
    throw unavailable(`The ${contract.app} service`, cause);
  }
  return parsed.data;
}
