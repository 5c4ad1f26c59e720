import { query, type Database } from '../../services/shared/db/data-source';

/** Leaves out objects of extensions and of PostgreSQL itself, which belong to the server. */
const SCHEMA = `
WITH relation AS (
  SELECT oid, relname AS name, relkind, relowner, relacl, reloptions
  FROM pg_class WHERE relnamespace = 'public'::regnamespace
)
SELECT 'relation' AS kind, name,
  concat_ws(' ', relkind, pg_get_userbyid(relowner), reloptions::text) AS definition
FROM relation
UNION ALL
SELECT 'column', concat(relation.name, '.', attname),
  concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
    'default ' || pg_get_expr(adbin, adrelid), 'identity ' || nullif(attidentity::text, ''),
    'generated ' || nullif(attgenerated::text, ''), nullif(attcollation, 0)::regcollation, attacl::text)
FROM pg_attribute
JOIN relation ON relation.oid = attrelid AND relkind <> 'i'
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint', concat(conrelid::regclass, '.', conname),
  concat(pg_get_constraintdef(oid), CASE WHEN NOT convalidated THEN ' NOT VALID' END)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', indexrelid::regclass::text,
  concat(pg_get_indexdef(indexrelid), CASE WHEN NOT indisvalid THEN ' INVALID' END)
FROM pg_index JOIN relation ON relation.oid = indexrelid
UNION ALL
SELECT 'trigger', concat(tgrelid::regclass, '.', tgname),
  concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), 'enabled', tgenabled)
FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT 'view', name, pg_get_viewdef(oid) FROM relation WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'function', pg_proc.oid::regprocedure::text,
  concat(pg_get_functiondef(pg_proc.oid), proacl::text)
FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a'
UNION ALL
SELECT 'sequence', seqrelid::regclass::text,
  concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqincrement, seqmin, seqmax, seqcycle)
FROM pg_sequence JOIN relation ON relation.oid = seqrelid
UNION ALL
SELECT 'type', typname, typtype::text FROM pg_type
WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')
UNION ALL
SELECT 'rights', relation.name, item::text FROM relation, unnest(relacl) AS item
UNION ALL
SELECT 'rights', 'schema public', item::text
FROM pg_namespace, unnest(nspacl) AS item WHERE nspname = 'public'
UNION ALL
SELECT 'rights', concat('new objects: ', defaclobjtype), item::text
FROM pg_default_acl, unnest(defaclacl) AS item
UNION ALL
SELECT 'extension', extname, extversion FROM pg_extension
ORDER BY kind, name, definition`;

/**
 * Returns everything that migrations create in a database, one line each: tables, columns,
 * defaults, constraints, indexes, triggers, views, functions, sequences and privileges. Role names
 * begin with `db_`, whatever the database is called.
 */
export async function schemaOf(database: Database): Promise<string[]> {
  const rows = await query<{ kind: string; name: string; definition: string }>(database, SCHEMA);
  const [here] = await query<{ name: string }>(database, 'SELECT current_database() AS name');
  return rows.map(({ kind, name, definition }) =>
    `${kind} ${name}: ${definition}`.replaceAll(here!.name, 'db'),
  );
}
