import { revokeFromApp } from './grants';

/**
 * Trigger function of append-only tables, for a migration before theirs: refuses every role, the
 * owner included, and names the trigger as the constraint.
 */
export const REFUSE_CHANGE = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;`;

/** Returns SQL that makes a table append-only. Needs `REFUSE_CHANGE`. */
export function appendOnly(table: string): string {
  return `
CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
${revokeFromApp('UPDATE, DELETE', table)};`;
}

/** Returns SQL that forbids deletes from a table; updates stay allowed. Needs `REFUSE_CHANGE`. */
export function neverDeleted(table: string): string {
  return `
CREATE TRIGGER ${table}_stay BEFORE DELETE OR TRUNCATE ON ${table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
${revokeFromApp('DELETE', table)};`;
}
