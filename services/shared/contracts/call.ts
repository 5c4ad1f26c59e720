import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One synchronous call between services: who answers, where, and what goes over the wire. */
export interface CallContract<Request, Response> {
  /** App-id of the service that answers. */
  app: string;
  method: Method;
  /** With `{name}` where a path parameter goes. */
  path: string;
  request: z.ZodType<Request>;
  response: z.ZodType<Response>;
  example: { request: Request; response: Response };
  /** How long the caller waits, sidecars included. */
  timeoutMs: number;
}

/** Declares a call; caller and callee both import it, so they can't disagree. */
export function defineCall<Request, Response>(
  contract: CallContract<Request, Response>,
): CallContract<Request, Response> {
  return contract;
}
