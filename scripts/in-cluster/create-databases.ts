/** A Job before all others: makes the databases, their roles and passwords as the urls say. */
import { z } from 'zod';
import { readEnv } from '../../services/shared/config/env';
import { withClient } from '../postgres/client';
import { createDatabase, setRoles } from '../postgres/provision';
import { givenDatabases, type DatabaseUrls } from './environment';

const COMMENT = 'popug';

function rolesIn(urls: DatabaseUrls): [role: string, password: string][] {
  return [urls.owner, urls.app].flatMap((given) => {
    if (given === undefined) return [];
    const { username, password } = new URL(given);
    return [[decodeURIComponent(username), decodeURIComponent(password)]];
  });
}

async function main(): Promise<void> {
  const { ADMINISTRATOR_URL } = readEnv({ ADMINISTRATOR_URL: z.url() });
  const given = givenDatabases();
  await withClient(ADMINISTRATOR_URL, async (client) => {
    await setRoles(client, new Map([...given.values()].flatMap(rolesIn)));
    const found = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const existing = new Set(found.rows.map((row) => row.datname));
    for (const [name, urls] of given) {
      if (existing.has(name)) continue;
      const roles = rolesIn(urls).map(([role]) => role);
      await createDatabase(client, { name, owner: roles[0]!, roles, comment: COMMENT });
      console.log(`made the database ${name}`);
    }
  });
  console.log('databases, roles and passwords are as they should be');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
