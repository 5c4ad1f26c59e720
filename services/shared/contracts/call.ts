import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Contract of one synchronous call between services. */
export interface CallContract<Request, Response> {
  /** Dapr app-id of the service that answers. */
  app: string;
  method: Method;
  /** Path with `{name}` for each path parameter. */
  path: string;
  request: z.ZodType<Request>;
  response: z.ZodType<Response>;
  example: { request: Request; response: Response };
  /** Timeout of the caller in ms, sidecars included. */
  timeoutMs: number;
}

/** Returns the contract. Caller and callee import the same one, so they can't disagree. */
export function defineCall<Request, Response>(
  contract: CallContract<Request, Response>,
): CallContract<Request, Response> {
  return contract;
}
