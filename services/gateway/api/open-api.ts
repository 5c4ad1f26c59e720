import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Method } from '../../shared/contracts/call';

/** Prefix of every path in the document; services do not know the prefix. */
export const API_PREFIX = '/api/v1';

/** App-id of the gateway: the gateway answers these operations itself. */
export const OURSELVES = 'gateway';

/** One operation of the public API: the fields that the gateway needs. */
export interface Operation {
  method: Method;
  /** Path with the prefix; `{name}` marks a path parameter. */
  path: string;
  /** App-id of the service that answers. */
  service: string;
  /** True when no token is needed. */
  isOpen: boolean;
  /** True when Auth is asked on each request whether the session is active. */
  isFresh: boolean;
  /** True when the answer holds tokens: rate limited by address, never stored for a replay. */
  isLogin: boolean;
  /** Media type of the request's body. */
  bodyType: string;
  /** Limit of the request's body. */
  bodyLimitBytes: number;
}

const JSON_TYPE = 'application/json';
const JSON_LIMIT_BYTES = 64 * 1_024;

const LOGINS = /\/(tokens(\/\w+)?|session)$/;

/** Returns true when the operation gives tokens for a beak shape or a refresh token. */
export function isLogin(method: Method, path: string): boolean {
  return method === 'POST' && LOGINS.test(path);
}

const methods = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;

const operation = z.looseObject({
  'x-service': z.string().min(1).optional(),
  /** Services that have the route, each under its own name in the place of `{service}`. */
  'x-services': z.array(z.string().min(1)).min(1).optional(),
  'x-allow': z.string().min(1),
  'x-fresh': z.boolean().optional(),
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  description: z.string().optional(),
  requestBody: z
    .looseObject({
      content: z.record(z.string(), z.unknown()),
      'x-limit-bytes': z.int().positive().optional(),
    })
    .optional(),
});
const named = operation.refine(
  (described) => servicesOf(described).length > 0,
  'must say which service answers',
);
const document = z.looseObject({
  info: z.looseObject({ title: z.string(), description: z.string().optional() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), named),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** Operation as the document describes it. */
export type DocumentedOperation = z.infer<typeof operation>;
/** OpenAPI document; the parts that the gateway reads are validated. */
export type OpenApiDocument = z.infer<typeof document>;

/** Reads the document. Throws when the file is missing or has another format. */
export function readOpenApi(file: string): OpenApiDocument {
  return document.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Path parameter that names the service of an operation with `x-services`. */
const SERVICE = '{service}';

/**
 * Returns the operations of the document: the only list of what is reachable from outside. An
 * operation of several services becomes one of each, with the service's name in the path.
 */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([name, described]) => {
      const method = methods[name as keyof typeof methods];
      const { requestBody: body } = described;
      const answering = (service: string): Operation => ({
        method,
        path: path.replace(SERVICE, service),
        service,
        isOpen: described['x-allow'] === 'anybody',
        isFresh: described['x-fresh'] === true,
        isLogin: isLogin(method, path),
        bodyType: Object.keys(body?.content ?? {})[0] ?? JSON_TYPE,
        bodyLimitBytes: body?.['x-limit-bytes'] ?? JSON_LIMIT_BYTES,
      });
      return servicesOf(described).map(answering);
    }),
  );
}

function servicesOf(described: DocumentedOperation): string[] {
  const one = described['x-service'];
  return described['x-services'] ?? (one === undefined ? [] : [one]);
}
