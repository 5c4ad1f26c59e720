/** A Job before all others: creates the databases, roles and passwords that the urls name. */
import { z } from 'zod';
import { readEnv } from '../services/shared/config/env';
import { runProgram } from '../services/shared/runtime/run-program';
import { givenDatabases, type DatabaseUrls } from './environment';
import { withClient } from './postgres/client';
import { closeToOthers, createDatabase, setRoles, type NewDatabase } from './postgres/provision';

const COMMENT = 'popug';
const EXISTING = `
SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database`;

function rolesIn(urls: DatabaseUrls): [role: string, password: string][] {
  return [urls.owner, urls.app].flatMap((given) => {
    if (given === undefined) return [];
    const { username, password } = new URL(given);
    return [[decodeURIComponent(username), decodeURIComponent(password)]];
  });
}

function databaseOf(urls: DatabaseUrls): NewDatabase {
  const roles = rolesIn(urls).map(([role]) => role);
  const name = decodeURIComponent(new URL((urls.owner ?? urls.app)!).pathname.slice(1));
  return { name, owner: roles[0]!, roles, comment: COMMENT };
}

/** A database without comment may be ours, of an interrupted run, so it is not foreign. */
function isForeign(comment: string | null | undefined): boolean {
  return typeof comment === 'string' && comment !== COMMENT;
}

async function main(): Promise<void> {
  const { ADMINISTRATOR_URL } = readEnv({ ADMINISTRATOR_URL: z.url() });
  const given = givenDatabases();
  await withClient(ADMINISTRATOR_URL, async (client) => {
    const found = await client.query<{ name: string; comment: string | null }>(EXISTING);
    const comments = new Map(found.rows.map(({ name, comment }) => [name, comment]));
    const wanted = [...given.values()].map(databaseOf);
    const foreign = wanted.filter(({ name }) => isForeign(comments.get(name)));
    if (foreign.length > 0) {
      const names = foreign.map(({ name }) => name).join(', ');
      throw new Error(
        `Not made by us, so not touched: ${names}. Give them other names in the urls`,
      );
    }
    await setRoles(client, new Map([...given.values()].flatMap(rolesIn)));
    for (const database of wanted) {
      const isThere = comments.has(database.name);
      await (isThere ? closeToOthers : createDatabase)(client, database);
      if (!isThere) console.log(`made the database ${database.name}`);
    }
  });
  console.log('databases, roles and passwords are as they should be');
}

runProgram(main);
