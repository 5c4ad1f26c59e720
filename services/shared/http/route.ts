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
 * The gateway asks Auth each time whether the session still lives and the token still says what
 * its holder may: a token by itself is believed for five minutes. Where that must not be, a route
 * says why.
 */
type Freshness = { fresh: true } | { fresh: false; because: string };

/** Whose things a route shows or changes, in words; the query or command enforces it. */
interface Owned {
  owner?: string;
}

type Guarded = Owned & { allow: Permission } & Freshness;
type WriteAccess = WithoutSession | Guarded | (Owned & { allow: 'signed-in' } & Freshness);
type ReadAccess = WithoutSession | Guarded | (Owned & { allow: 'signed-in' } & Partial<Freshness>);

/** Who may use a route; whoever asks for somebody else's things is answered 404. */
export type Access = WriteAccess | ReadAccess;

type WriteKey = `${Exclude<Method, 'GET'>} /${string}`;
type ReadKey = `GET /${string}`;

/**
 * The table of a service's routes; one that is not in it does not exist. Writes, and whatever
 * takes a permission, are fresh: the compiler refuses a table that forgets it.
 */
export type Policies = Readonly<Record<WriteKey, WriteAccess>> &
  Readonly<Record<ReadKey, ReadAccess>>;

/** What of a request no schema describes. */
interface RequestFacts {
  caller: Caller;
  /** What `If-Match` says; null but for PATCH, where it is always there. */
  ifMatch: BasedOn | null;
  /** `Idempotency-Key`, or null. */
  idempotencyKey: string | null;
  /** `METHOD /real/path`, for ids derived from the idempotency key. */
  target: string;
  headers: Readonly<Record<string, string | undefined>>;
}

/** What a handler receives: everything is checked, nothing else is passed on. */
export interface RouteRequest<Params, Query, Body> extends RequestFacts {
  params: Params;
  query: Query;
  body: Body;
}

/** A request as it came, before any schema has read it. */
export type UncheckedRequest = RouteRequest<unknown, unknown, unknown>;

/** What a handler answers. */
export interface Answer {
  status: number;
  body?: unknown;
  /** A list becomes a header for each entry: `Set-Cookie` can't be joined. */
  headers?: Record<string, string | string[]>;
}

/** What a route takes and answers, for its documentation. */
export interface RouteShape<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
> {
  /** One line for the API page. */
  summary: string;
  /** The area of the API page it stands under. */
  tag: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Successful answers by status; null for one without body. Problems are the same everywhere. */
  answers: Record<number, z.ZodType | null>;
}

/** One route: what it takes, what it answers and what it does. */
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
  /** Reads the request by the schemas, then handles it. Throws 400 for what they refuse. */
  handle(request: UncheckedRequest): Promise<Answer>;
}

/** Collects the routes of a service; each must stand in the policy table. */
export class RouteTable<P extends Policies> {
  readonly routes: Route[] = [];

  constructor(private readonly policies: P) {}

  /** Adds a route. Returns the table, so that routes read as a list. */
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

/** 200 with a body; `version` becomes its ETag. */
export function ok(body: unknown, version?: number): Answer {
  return { status: 200, body, ...(version === undefined ? {} : { headers: etag(version) }) };
}

/** 201 with the new thing; `version` becomes its ETag. */
export function created(body: unknown, version?: number): Answer {
  return { status: 201, body, ...(version === undefined ? {} : { headers: etag(version) }) };
}

/** 204. */
export function noContent(): Answer {
  return { status: 204 };
}

function etag(version: number): Record<string, string> {
  return { etag: `"${version}"` };
}
