import type { Client } from 'pg';

/** A database to create. */
export interface NewDatabase {
  name: string;
  /** The role that migrates it. */
  owner: string;
  /** All roles that may connect, the owner included. */
  roles: readonly string[];
  /** The database's comment: whose it is. */
  comment: string;
}

/** Creates missing roles and sets all passwords, in one implicit transaction. */
export async function setRoles(
  client: Client,
  passwords: ReadonlyMap<string, string>,
): Promise<void> {
  const found = await client.query<{ rolname: string }>(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY($1)',
    [[...passwords.keys()]],
  );
  const existing = new Set(found.rows.map((row) => row.rolname));
  const statements = [...passwords].map(([role, password]) => {
    const verb = existing.has(role) ? 'ALTER' : 'CREATE';
    const secret = client.escapeLiteral(password);
    return `${verb} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${secret}`;
  });
  await client.query(statements.join(';'));
}

/** Temporary name of a database under creation; a killed creator leaves it behind. */
export function draftName(name: string): string {
  return `${name}_draft`;
}

/**
 * Creates a database that only its own roles may connect to. The final name is set last, so a
 * database with that name is complete. Throws when the name exists.
 */
export async function createDatabase(client: Client, database: NewDatabase): Promise<void> {
  const draft = { ...database, name: draftName(database.name) };
  const name = client.escapeIdentifier(draft.name);
  const owner = client.escapeIdentifier(database.owner);
  // Without superuser, only a member of a role can give a database to it.
  await client.query(`GRANT ${owner} TO CURRENT_USER`);
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
  await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
  await closeToOthers(client, draft);
  await client.query(`ALTER DATABASE ${name} RENAME TO ${client.escapeIdentifier(database.name)}`);
}

/** Restricts CONNECT to the database's own roles and sets the comment that says whose it is. */
export async function closeToOthers(client: Client, database: NewDatabase): Promise<void> {
  const name = client.escapeIdentifier(database.name);
  const roles = database.roles.map((role) => client.escapeIdentifier(role));
  await client.query(`
    REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${name} TO ${roles.join(', ')};
    COMMENT ON DATABASE ${name} IS ${client.escapeLiteral(database.comment)}`);
}
