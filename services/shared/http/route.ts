import type { z } from 'zod';
import type { Method } from '../contracts/call';
import type { Permission } from '../contracts/fields';
import type { BasedOn } from '../kernel/based-on';
import type { Caller } from './caller';
import { checked, type Parsed, type Schema } from './request-checks';

/** `METHOD /path/{parameter}`: the name of a route everywhere. */
export type RouteKey = `${Method} /${string}`;

/** `anybody` needs no token; `services` are other services, through their sidecars. */
type WithoutSession = ({ allow: 'anybody' } | { allow: 'services'; callers: readonly string[] }) & {
  fresh?: never;
};

/**
 * `fresh`: for each request the gateway asks Auth whether the session is alive and the token's
 * rights are current. Otherwise a token is trusted for its five minutes; `because` says why that is
 * acceptable.
 */
type Freshness = { fresh: true } | { fresh: false; because: string };

/** Owner of what a route shows or changes, in words; the query or command enforces it. */
interface Owned {
  owner?: string;
}

type Guarded = Owned & { allow: Permission } & Freshness;
type WriteAccess = WithoutSession | Guarded | (Owned & { allow: 'signed-in' } & Freshness);
type ReadAccess = WithoutSession | Guarded | (Owned & { allow: 'signed-in' } & Partial<Freshness>);

/** Access policy of a route. Requests for somebody else's things are answered with 404. */
export type Access = WriteAccess | ReadAccess;

type WriteKey = `${Exclude<Method, 'GET'>} /${string}`;
type ReadKey = `GET /${string}`;

/**
 * Policies of a service by route; a route without a policy can't be added. The compiler demands
 * `fresh` for writes and for routes with a permission.
 */
export type Policies = Readonly<Record<WriteKey, WriteAccess>> &
  Readonly<Record<ReadKey, ReadAccess>>;

/** Parts of a request that no schema describes. */
interface RequestFacts {
  caller: Caller;
  /** Versions from `If-Match`; never null for PATCH, null for other methods. */
  ifMatch: BasedOn | null;
  /** `Idempotency-Key`, or null. */
  idempotencyKey: string | null;
  /** `METHOD /real/path`, a part of ids that are derived from the idempotency key. */
  target: string;
  headers: Readonly<Record<string, string | undefined>>;
  /** Aborted when the connection to the client closes, at the latest after the answer. */
  signal: AbortSignal;
}

/** Request as a handler receives it: validated, and nothing else is passed on. */
export interface RouteRequest<Params, Query, Body> extends RequestFacts {
  params: Params;
  query: Query;
  body: Body;
}

/** Request before validation. */
export type UncheckedRequest = RouteRequest<unknown, unknown, unknown>;

/** Answer of a handler. */
export interface Answer {
  status: number;
  /** A `Readable` is streamed; one that fails breaks the connection. */
  body?: unknown;
  /** Name under which the body is saved; decides the content type too. */
  attachment?: string;
  /** A list becomes one header line per entry: `Set-Cookie` can't be joined. */
  headers?: Record<string, string | string[]>;
}

/** Body of a request that is a document: its media type, and its limit. */
export interface DocumentBody {
  type: string;
  limitBytes: number;
}

/** Input and answers of a route, for validation and the API document. */
export interface RouteShape<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
> {
  /** One line for the API document. */
  summary: string;
  /** Section of the API document. */
  tag: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Set when the body is a document and no JSON: `body` is then the schema of its text. */
  consumes?: DocumentBody;
  /** Schemas of successful answers by status, null without body. Problems are alike everywhere. */
  answers: Record<number, z.ZodType | null>;
}

/** A route as a service declares it: input, answers and handler. */
export interface RouteSpec<
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
> extends RouteShape<Params, Query, Body> {
  handle(request: RouteRequest<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<Answer>;
}

/** A route with its key and policy, ready to be mounted and documented. */
export interface Route {
  key: RouteKey;
  method: Method;
  path: string;
  access: Access;
  spec: RouteShape;
  /** Validates the request, then handles it. Throws 400 when a schema refuses the request. */
  handle(request: UncheckedRequest): Promise<Answer>;
}

/** Collects the routes of a service; each needs a policy. */
export class RouteTable<P extends Policies> {
  readonly routes: Route[] = [];

  constructor(private readonly policies: P) {}

  /** Adds a route. Returns the table, so that calls chain. */
  on<
    Params extends Schema = undefined,
    Query extends Schema = undefined,
    Body extends Schema = undefined,
  >(key: keyof P & RouteKey, spec: RouteSpec<Params, Query, Body>): this {
    const [method, path] = key.split(' ') as [Method, string];
    const access = this.policies[key]!;
    const handle = (request: UncheckedRequest): Promise<Answer> =>
      spec.handle({
        ...request,
        params: checked<Params>(spec.params, request.params, 'params'),
        query: checked<Query>(spec.query, request.query, 'query'),
        body: checked<Body>(spec.body, request.body, ''),
      });
    this.routes.push({ key, method, path, access, spec, handle });
    return this;
  }
}

/** Returns a 200 with a body; `version` becomes the ETag. */
export function ok(body: unknown, version?: number): Answer {
  return { status: 200, body, ...(version === undefined ? {} : { headers: etag(version) }) };
}

/** Returns a 201 with the created thing; `version` becomes the ETag. */
export function created(body: unknown, version?: number): Answer {
  return { status: 201, body, ...(version === undefined ? {} : { headers: etag(version) }) };
}

/** Returns a 200 with a document that browsers save under the name. */
export function attachment(document: string, type: string, name: string): Answer {
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
  };
  return { status: 200, body: document, headers };
}

/** Returns a 204. */
export function noContent(): Answer {
  return { status: 204 };
}

function etag(version: number): Record<string, string> {
  return { etag: `"${version}"` };
}
