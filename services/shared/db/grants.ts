/**
 * Grants of the app role, for a service's first migration: read and write all tables that the owner
 * role creates. Tables that must not change revoke rights again.
 */
export const GRANT_APP_ROLE = `
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', current_database() || '_app');
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO %I', current_database() || '_app');
  EXECUTE format('GRANT SELECT ON TABLE migrations TO %I', current_database() || '_app');
END $$`;

/** Returns SQL that revokes rights on a table from the app role, e.g. `UPDATE, DELETE`. */
export function revokeFromApp(rights: string, table: string): string {
  return `
DO $$
BEGIN
  EXECUTE format('REVOKE ${rights} ON ${table} FROM %I', current_database() || '_app');
END $$`;
}
