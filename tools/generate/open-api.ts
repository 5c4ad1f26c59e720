import { STATUS_CODES } from 'node:http';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodObjectInput,
  type ZodOpenApiComponentsObject,
  type ZodOpenApiOperationObject,
} from 'zod-openapi';
import { z } from 'zod';
import { API_PREFIX } from '../../services/gateway/api/open-api';
import type { Access } from '../../services/shared/http/route';
import { jsonFile, type GeneratedFile } from './generated-file';
import { simplify, type JsonSchema } from './json-schema';
import { problemResponses, problemSchema, refusalsOf, takesIdempotencyKey } from './problems';
import type { ServiceRoute } from './programs';

const MAX_KEY_LENGTH = 255;
const JSON_TYPE = 'application/json';

function publicPath({ service, path }: ServiceRoute): string {
  return service === 'gateway' ? path : `${API_PREFIX}${path}`;
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Returns an operation's id: `getUsersByIdSessions` for `GET /users/{id}/sessions`. */
function operationId(route: ServiceRoute): string {
  const words = publicPath(route)
    .slice(API_PREFIX.length)
    .replace(/\{(\w+)\}/g, (_, name: string) => `by-${name}`)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return route.method.toLowerCase() + words.map(capitalised).join('');
}

/** Describes who may use the route. */
function permissionText(access: Access): string {
  const whose = 'owner' in access && access.owner ? ` Whose: ${access.owner}.` : '';
  const fresh = access.fresh ? ' The session is checked each time.' : '';
  if (access.allow === 'anybody') return `Who may: anybody.${whose}${fresh}`;
  if (access.allow === 'signed-in') return `Who may: anyone signed in.${whose}${fresh}`;
  return `Who may: \`${access.allow}\`.${whose}${fresh}`;
}

function headerParameters(route: ServiceRoute): { $ref: string }[] {
  const names = [
    ...(takesIdempotencyKey(route) ? ['IdempotencyKey'] : []),
    ...(route.method === 'PATCH' ? ['IfMatch'] : []),
  ];
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

/** Returns the media type of an answer: that of its schema, else JSON. */
function mediaTypeOf(type: z.ZodType): string {
  const { contentMediaType } = type.meta() ?? {};
  return typeof contentMediaType === 'string' ? contentMediaType : 'application/json';
}

function answersOf(route: ServiceRoute): ZodOpenApiOperationObject['responses'] {
  const answers = Object.entries(route.spec.answers).map(([status, type]) => [
    status,
    {
      description: STATUS_CODES[status],
      ...(type && { content: { [mediaTypeOf(type)]: { schema: type } } }),
    },
  ]);
  return Object.fromEntries(answers) as ZodOpenApiOperationObject['responses'];
}

/** Placeholder of the service's name in paths that several services have. */
const SERVICE = '{service}';

/** Returns path parameters that accept these names of services only. */
function paramsOf({ path, spec }: ServiceRoute, services: readonly string[]) {
  if (!path.includes(SERVICE)) return spec.params;
  const { shape } = spec.params as z.ZodObject;
  return z.object({ ...shape, service: z.enum(services as [string, ...string[]]) });
}

/** Describes a route; `services` are those that have it, more than one only with `{service}`. */
function operationOf(route: ServiceRoute, services: readonly string[]): ZodOpenApiOperationObject {
  const { access, spec } = route;
  const { query, body, consumes } = spec;
  const params = paramsOf(route, services);
  const parameters = headerParameters(route);
  return {
    operationId: operationId(route),
    tags: [spec.tag],
    summary: spec.summary,
    description: permissionText(access),
    ...(route.path.includes(SERVICE) ? { 'x-services': services } : { 'x-service': route.service }),
    'x-allow': access.allow,
    ...(access.fresh && { 'x-fresh': true }),
    security: access.allow === 'anybody' ? [] : [{ bearer: [] }, { cookie: [] }],
    ...((params ?? query) && {
      requestParams: {
        ...(params && { path: params as ZodObjectInput }),
        ...(query && { query: query as ZodObjectInput }),
      },
    }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { [consumes?.type ?? JSON_TYPE]: { schema: body } },
        ...(consumes && { 'x-limit-bytes': consumes.limitBytes }),
      },
    }),
    responses: { ...answersOf(route), ...refusalsOf(route) },
  };
}

const sharedParameters: ZodOpenApiComponentsObject['parameters'] = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Repeat a request under the same key and it takes effect once: the first answer comes ' +
      'again, marked `Idempotency-Replayed: true`. Remembered for 24 hours.',
    schema: { type: 'string', maxLength: MAX_KEY_LENGTH },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag of what was read',
    schema: { type: 'string', examples: ['"3"'] },
  },
};

const securitySchemes: ZodOpenApiComponentsObject['securitySchemes'] = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-popug',
    description: 'Set by `POST /api/v1/session`. Changes also need the header `X-Popug-Csrf: 1`.',
  },
};

const byName = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Allows unknown fields in objects of the document: clients ignore fields they do not know. */
const conversion: CreateDocumentOptions = {
  override: ({ jsonSchema, zodSchema }) => {
    simplify(jsonSchema as JsonSchema);
    const { def } = zodSchema._zod;
    if (def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties;
  },
};

/** Groups routes of several services that have the same method and path. */
function groupedByPath(routes: readonly ServiceRoute[]): [ServiceRoute, ...ServiceRoute[]][] {
  const groups = new Map<string, [ServiceRoute, ...ServiceRoute[]]>();
  for (const route of routes) {
    const name = `${route.method} ${publicPath(route)}`;
    const group = groups.get(name);
    if (group) group.push(route);
    else groups.set(name, [route]);
  }
  return [...groups.values()];
}

/**
 * Returns `docs/openapi.json` for these routes (OpenAPI 3.1). Throws when two schemas have the same
 * name.
 */
export function openApiFile(routes: readonly ServiceRoute[]): GeneratedFile {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const alike of groupedByPath(routes)) {
    const [route] = alike;
    const services = alike.map(({ service }) => service);
    if (services.length > 1 && !route.path.includes(SERVICE)) {
      throw new Error(`${services.join(' and ')} both have ${route.key}`);
    }
    const item = (paths[publicPath(route)] ??= {});
    item[route.method.toLowerCase()] = operationOf(route, services);
  }
  const tags = [...new Set(routes.map(({ spec }) => spec.tag))].map((name) => ({ name }));
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Popug',
        version: '1.0.0',
        description:
          'The task exchange: people, tasks, money. Amounts are decimal strings in minor units, ' +
          'moments are ISO 8601 in UTC, lists come newest first in pages.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'Where this document came from' }],
      tags,
      paths: byName(paths),
      components: {
        securitySchemes,
        parameters: sharedParameters,
        responses: problemResponses() as Record<string, never>,
        schemas: { Problem: problemSchema },
      },
    },
    conversion,
  );
  const { components } = document;
  const schemas = byName(components!.schemas!);
  return jsonFile('docs/openapi.json', { ...document, components: { ...components, schemas } });
}
