import { z } from 'zod';

/** A JSON Schema (2020-12), as far as we look into it. */
export type JsonSchema = Record<string, unknown>;

/** A schema and the named ones it refers to. */
export interface NamedSchemas {
  schema: JsonSchema;
  named: Record<string, JsonSchema>;
}

/** Formats whose regular expressions tell a reader nothing. */
const FORMATS = ['date-time', 'date', 'email'];

/** Makes zod's output plainer: standard `examples`, and no pattern where a format says it. */
export function simplify(schema: JsonSchema): void {
  if ('example' in schema) {
    schema['examples'] = [schema['example']];
    delete schema['example'];
  }
  const isSaidOtherwise = schema['type'] !== 'string' || FORMATS.includes(String(schema['format']));
  if (isSaidOtherwise) delete schema['pattern'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
}

/**
 * The JSON Schema of what goes over the wire. References to named schemas (`.meta({ id })`)
 * begin with `root`. Throws for a type that JSON can't express.
 */
export function schemaOf(type: z.ZodType, root: string): NamedSchemas {
  const options = {
    // What is sent: for answers the same, because they transform nothing.
    io: 'input',
    override: ({ jsonSchema }: { jsonSchema: unknown }) => simplify(jsonSchema as JsonSchema),
  } as const;
  const text = JSON.stringify(z.toJSONSchema(type, options)).replaceAll('"#/$defs/', `"${root}`);
  const { $schema: _, $defs, ...schema } = JSON.parse(text) as JsonSchema;
  return { schema, named: ($defs ?? {}) as Record<string, JsonSchema> };
}
