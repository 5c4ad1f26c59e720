import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Method } from '../../shared/contracts/call';

/** What everything in the document begins with and the services know nothing of. */
export const API_PREFIX = '/api/v1';

/** The services' name for us: these routes are answered here. */
export const OURSELVES = 'gateway';

/** One operation of the public API, as far as the gateway cares. */
export interface Operation {
  method: Method;
  /** With `{name}` where a path parameter goes; the prefix included. */
  path: string;
  /** App-id of the service that answers. */
  service: string;
  /** Needs no token. */
  isOpen: boolean;
  /** Auth is asked each time whether the session still lives. */
  isFresh: boolean;
  /** Gives tokens: limited by address, and never remembered for a repeat. */
  isLogin: boolean;
}

const LOGINS = /\/(tokens(\/\w+)?|session)$/;

/** Does this operation give tokens for a beak shape or a refresh token? */
export function isLogin(method: Method, path: string): boolean {
  return method === 'POST' && LOGINS.test(path);
}

const methods = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;

const operation = z.looseObject({
  'x-service': z.string().min(1),
  'x-allow': z.string().min(1),
  'x-fresh': z.boolean().optional(),
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  description: z.string().optional(),
});
const document = z.looseObject({
  info: z.looseObject({ title: z.string(), description: z.string().optional() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** An operation as the document describes it. */
export type DocumentedOperation = z.infer<typeof operation>;
/** The OpenAPI document, its parts that we read checked. */
export type OpenApiDocument = z.infer<typeof document>;

/** Reads the document. Throws when it is not there or not one of ours. */
export function readOpenApi(file: string): OpenApiDocument {
  return document.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The operations of the document: the one list of what can be reached from outside. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([name, described]) => {
      const method = methods[name as keyof typeof methods];
      return {
        method,
        path,
        service: described['x-service'],
        isOpen: described['x-allow'] === 'anybody',
        isFresh: described['x-fresh'] === true,
        isLogin: isLogin(method, path),
      };
    }),
  );
}
