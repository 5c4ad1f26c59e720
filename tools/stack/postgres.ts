import { userInfo } from 'node:os';
import { withClient } from '../../operations/postgres/client';
import { ourEnvironment } from './environment';
import { LOOPBACK } from './ports';

const DEFAULT_PORT = 5432;

/** A usable server, and how it was found. */
export interface FoundPostgres {
  url: string;
  source: string;
}

async function mayCreateDatabases(url: string): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      const answer = await client.query<{ may: boolean }>(
        `SELECT rolsuper OR (rolcreatedb AND rolcreaterole) AS may
           FROM pg_roles WHERE rolname = current_user`,
      );
      return answer.rows[0]?.may ?? false;
    });
  } catch {
    return false;
  }
}

/**
 * Finds the PostgreSQL to use: DATABASE_URL, else a server on the default port that accepts us as a
 * role that may create databases; else undefined. Throws when DATABASE_URL is set and can't be
 * used.
 */
export async function findPostgres(): Promise<FoundPostgres | undefined> {
  const given = ourEnvironment.databaseUrl;
  if (given) {
    if (await mayCreateDatabases(given)) return { url: given, source: 'DATABASE_URL' };
    throw new Error('DATABASE_URL: no connection, or its role may not create databases and roles');
  }
  for (const user of new Set(['postgres', userInfo().username])) {
    const url = `postgres://${user}@${LOOPBACK}:${DEFAULT_PORT}/postgres`;
    if (await mayCreateDatabases(url)) {
      return { url, source: `the server on port ${DEFAULT_PORT}, as ${user}` };
    }
  }
  return undefined;
}
