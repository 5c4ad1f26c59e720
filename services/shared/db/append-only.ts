import { revokeFromApp } from './grants';

/**
 * The function behind the triggers of tables whose rows stay, for a migration that comes before
 * theirs: it refuses whoever asks, owner included, and names the trigger as the constraint.
 */
export const REFUSE_CHANGE = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;`;

/** SQL for a table that is only ever added to. Needs `REFUSE_CHANGE`. */
export function appendOnly(table: string): string {
  return `
CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
${revokeFromApp('UPDATE, DELETE', table)};`;
}

/** SQL for a table whose rows may change and never go. Needs `REFUSE_CHANGE`. */
export function neverDeleted(table: string): string {
  return `
CREATE TRIGGER ${table}_stay BEFORE DELETE OR TRUNCATE ON ${table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
${revokeFromApp('DELETE', table)};`;
}
