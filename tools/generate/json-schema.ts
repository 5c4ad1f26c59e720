import { z } from 'zod';

/** JSON Schema (2020-12). */
export type JsonSchema = Record<string, unknown>;

/** Schema, and the named schemas that it refers to. */
export interface NamedSchemas {
  schema: JsonSchema;
  named: Record<string, JsonSchema>;
}

/** Formats whose regular expressions do not help a reader. */
const FORMATS = ['date-time', 'date', 'email'];

/** Simplifies zod's output: standard `examples`, and no pattern where a format exists. */
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
 * Returns the JSON Schema of a type as it is sent. References to named schemas (`.meta({ id })`)
 * begin with `root`. Throws for a type that JSON cannot express.
 */
export function schemaOf(type: z.ZodType, root: string): NamedSchemas {
  const options = {
    // Schema of the input: answers transform nothing, so their output is the same.
    io: 'input',
    override: ({ jsonSchema }: { jsonSchema: unknown }) => simplify(jsonSchema as JsonSchema),
  } as const;
  const text = JSON.stringify(z.toJSONSchema(type, options)).replaceAll('"#/$defs/', `"${root}`);
  const { $schema: _, $defs, ...schema } = JSON.parse(text) as JsonSchema;
  return { schema, named: ($defs ?? {}) as Record<string, JsonSchema> };
}
