import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import type { Access } from '../../services/shared/http/route';
import { API_PREFIX } from '../../services/gateway/api/open-api';
import { jsonFile, type GeneratedFile } from './generated-file';
import { schemaOf, type JsonSchema } from './json-schema';
import { problemResponses, problemSchema, refusalsOf, takesIdempotencyKey } from './problems';
import type { ServiceRoute } from './programs';

const SCHEMAS = '#/components/schemas/';
const MAX_KEY_LENGTH = 255;

/** Named schemas, each seen with one meaning only. */
class Components {
  readonly schemas: Record<string, JsonSchema> = { Problem: problemSchema };

  /** The schema for use in place. Throws when a name stands for two different things. */
  use(type: z.ZodType): JsonSchema {
    const { schema, named } = schemaOf(type, SCHEMAS);
    for (const [name, definition] of Object.entries(named)) {
      const known = this.schemas[name];
      if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
        throw new Error(`Two different schemas are called ${name}`);
      }
      this.schemas[name] = definition;
    }
    return schema;
  }
}

function publicPath({ service, path }: ServiceRoute): string {
  return service === 'gateway' ? path : `${API_PREFIX}${path}`;
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `GET /users/{id}/sessions` is `getUsersByIdSessions`. */
function operationId(route: ServiceRoute): string {
  const words = publicPath(route)
    .slice(API_PREFIX.length)
    .replace(/\{(\w+)\}/g, (_, name: string) => `by-${name}`)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return route.method.toLowerCase() + words.map(capitalised).join('');
}

/** Who may, in words. */
function permissionText(access: Access): string {
  const whose = 'owner' in access && access.owner ? ` Whose: ${access.owner}.` : '';
  const fresh = access.fresh ? ' The session is checked each time.' : '';
  if (access.allow === 'anybody') return `Who may: anybody.${whose}${fresh}`;
  if (access.allow === 'signed-in') return `Who may: anyone signed in.${whose}${fresh}`;
  return `Who may: \`${access.allow}\`.${whose}${fresh}`;
}

/** The properties of an object schema as parameters of the request. */
function parametersIn(
  place: 'path' | 'query',
  type: z.ZodType | undefined,
  components: Components,
): JsonSchema[] {
  if (!type) return [];
  const { properties, required } = components.use(type) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || (required ?? []).includes(name),
    schema,
  }));
}

function headerParameters(route: ServiceRoute): JsonSchema[] {
  const names = [
    ...(takesIdempotencyKey(route) ? ['IdempotencyKey'] : []),
    ...(route.method === 'PATCH' ? ['IfMatch'] : []),
  ];
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

function answersOf(route: ServiceRoute, components: Components): Record<string, JsonSchema> {
  const answers = Object.entries(route.spec.answers).map(([status, type]) => [
    status,
    {
      description: STATUS_CODES[status],
      ...(type && { content: { 'application/json': { schema: components.use(type) } } }),
    },
  ]);
  return Object.fromEntries(answers) as Record<string, JsonSchema>;
}

function operationOf(route: ServiceRoute, components: Components): JsonSchema {
  const { access, spec } = route;
  const parameters = [
    ...parametersIn('path', spec.params, components),
    ...parametersIn('query', spec.query, components),
    ...headerParameters(route),
  ];
  return {
    operationId: operationId(route),
    tags: [spec.tag],
    summary: spec.summary,
    description: permissionText(access),
    'x-service': route.service,
    'x-allow': access.allow,
    ...(access.fresh && { 'x-fresh': true }),
    security: access.allow === 'anybody' ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(spec.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: components.use(spec.body) } },
      },
    }),
    responses: { ...answersOf(route, components), ...refusalsOf(route) },
  };
}

const sharedParameters = {
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

const securitySchemes = {
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

/** `docs/openapi.json` for these routes (OpenAPI 3.1). */
export function openApiFile(routes: readonly ServiceRoute[]): GeneratedFile {
  const components = new Components();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const item = (paths[publicPath(route)] ??= {});
    item[route.method.toLowerCase()] = operationOf(route, components);
  }
  const tags = [...new Set(routes.map(({ spec }) => spec.tag))].map((name) => ({ name }));
  return jsonFile('docs/openapi.json', {
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
      responses: problemResponses(),
      schemas: byName(components.schemas),
    },
  });
}
