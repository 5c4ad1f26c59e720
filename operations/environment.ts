import { z } from 'zod';
import { readEnv } from '../services/shared/config/env';
import { databaseNames, type DatabaseRole } from './postgres/databases';

const url = z.url({ protocol: /^postgres(ql)?$/ }).optional();

function variable(database: string, role: DatabaseRole): string {
  return `DATABASE_${database}_${role}`;
}

/** The urls of one database, for the roles whose url is set. */
export type DatabaseUrls = Partial<Record<DatabaseRole, string>>;

/**
 * Reads `DATABASE_<name>_owner` and `DATABASE_<name>_app`, by database; databases without any url
 * are left out. Throws `ConfigurationError` for an invalid url.
 */
export function givenDatabases(
  environment?: Record<string, string | undefined>,
): Map<string, DatabaseUrls> {
  const roles: DatabaseRole[] = ['owner', 'app'];
  const names = databaseNames();
  const shape = Object.fromEntries(
    names.flatMap((name) => roles.map((role) => [variable(name, role), url])),
  );
  const given = readEnv(shape, environment);
  const urlsOf = (name: string): DatabaseUrls =>
    Object.fromEntries(
      roles.flatMap((role) => {
        const value = given[variable(name, role)];
        return value === undefined ? [] : [[role, value]];
      }),
    );
  return new Map(
    names
      .map((name) => [name, urlsOf(name)] as const)
      .filter(([, urls]) => Object.keys(urls).length > 0),
  );
}
