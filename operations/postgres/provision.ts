import type { Client } from 'pg';

/** A database to be made. */
export interface NewDatabase {
  name: string;
  /** The role that builds its tables. */
  owner: string;
  /** Everybody who may connect, the owner included; nobody else may. */
  roles: readonly string[];
  /** Written beside the database, for whoever looks at the server. */
  comment: string;
}

/** Makes the roles that are missing and sets the password of each; role by role, all or nothing. */
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

/** The name of a database that is being made: a maker that was killed leaves it behind. */
export function draftName(name: string): string {
  return `${name}_draft`;
}

/**
 * Makes a database that only its own roles may enter. It gets its name when all of that is done:
 * one that is there is whole, and says whose it is. Throws when it is there already.
 */
export async function createDatabase(client: Client, database: NewDatabase): Promise<void> {
  const draft = { ...database, name: draftName(database.name) };
  const name = client.escapeIdentifier(draft.name);
  const owner = client.escapeIdentifier(database.owner);
  // A server role that is no superuser may give a database only to a role it belongs to.
  await client.query(`GRANT ${owner} TO CURRENT_USER`);
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
  await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
  await closeToOthers(client, draft);
  await client.query(`ALTER DATABASE ${name} RENAME TO ${client.escapeIdentifier(database.name)}`);
}

/** Lets only its own roles enter a database, and writes whose it is beside it. */
export async function closeToOthers(client: Client, database: NewDatabase): Promise<void> {
  const name = client.escapeIdentifier(database.name);
  const roles = database.roles.map((role) => client.escapeIdentifier(role));
  await client.query(`
    REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${name} TO ${roles.join(', ')};
    COMMENT ON DATABASE ${name} IS ${client.escapeLiteral(database.comment)}`);
}
