import type { Client } from 'pg';
import { withClient } from '../../operations/postgres/client';
import { databaseNames, rolesOf, type DatabaseRole } from '../../operations/postgres/databases';
import { createDatabase, draftName, setRoles } from '../../operations/postgres/provision';
import type { Secrets } from './secrets';

const COMMENT_PREFIX = 'popug:';

/** Creates and drops the databases on one PostgreSQL server, and builds their urls. */
export class Databases {
  constructor(
    /** Url of a role that may create databases and roles. */
    readonly adminUrl: string,
    readonly prefix: string,
    private readonly secrets: Secrets,
    /** The data directory that owns the databases; stored as the databases' comment. */
    private readonly origin: string,
  ) {}

  /** The url of one database for one of its roles. */
  url(database: string, role: DatabaseRole): string {
    const url = new URL(this.adminUrl);
    url.pathname = `/${this.prefix}${database}`;
    url.username = this.roleName(database, role);
    url.password = this.secrets.get(`database:${url.username}`);
    return url.href;
  }

  /** The url of one database for the administrator, who sees everything. */
  administratorUrl(database: string): string {
    const url = new URL(this.adminUrl);
    url.pathname = `/${this.prefix}${database}`;
    return url.href;
  }

  /** Creates missing databases and sets every password; true when no database existed before. */
  async create(): Promise<boolean> {
    await this.dropForgotten();
    const made = await withClient(this.adminUrl, async (client) => {
      const existing = await this.existing(client);
      const names = databaseNames();
      const roles = names.flatMap((name) => rolesOf(name).map((role) => this.roleName(name, role)));
      await setRoles(
        client,
        new Map(roles.map((role) => [role, this.secrets.get(`database:${role}`)])),
      );
      // Sequential: CREATE DATABASE copies a template database that nobody else may use meanwhile.
      for (const name of names.filter((each) => !existing.has(each))) {
        await createDatabase(client, {
          name: this.prefix + name,
          owner: this.roleName(name, rolesOf(name)[0]!),
          roles: rolesOf(name).map((role) => this.roleName(name, role)),
          comment: COMMENT_PREFIX + this.origin,
        });
      }
      return existing.size === 0;
    });
    await this.secrets.save();
    return made;
  }

  /** Whose databases these are: `none` (none exists), ours, or another data directory's. */
  async ownership(): Promise<'none' | 'ours' | 'foreign'> {
    const marks = await withClient(this.adminUrl, (client) => this.existing(client));
    if (marks.size === 0) return 'none';
    const all = [...marks.values()];
    return all.every((mark) => mark.origin === this.origin) ? 'ours' : 'foreign';
  }

  /** Drops the databases and their roles and terminates their connections. */
  async drop(): Promise<void> {
    await withClient(this.adminUrl, async (client) => {
      const names = databaseNames().map((name) => this.prefix + name);
      for (const name of names.flatMap((each) => [each, draftName(each)])) {
        const database = client.escapeIdentifier(name);
        await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      }
      for (const name of databaseNames()) {
        for (const role of rolesOf(name)) {
          const quoted = client.escapeIdentifier(this.roleName(name, role));
          await client.query(`DROP ROLE IF EXISTS ${quoted}`);
        }
      }
    });
  }

  /** Drops our databases when their data directory was removed (new secrets). */
  private async dropForgotten(): Promise<void> {
    if (!this.secrets.isNew) return;
    if ((await this.ownership()) === 'ours') await this.drop();
  }

  private roleName(database: string, role: DatabaseRole): string {
    return `${this.prefix}${database}_${role}`;
  }

  private async existing(client: Client): Promise<Map<string, { origin: string }>> {
    const names = databaseNames().map((name) => this.prefix + name);
    const found = await client.query<{ datname: string; comment: string | null }>(
      `SELECT datname, shobj_description(oid, 'pg_database') AS comment
         FROM pg_database WHERE datname = ANY($1)`,
      [names],
    );
    return new Map(
      found.rows.map((row) => [
        row.datname.slice(this.prefix.length),
        { origin: (row.comment ?? '').replace(COMMENT_PREFIX, '') },
      ]),
    );
  }
}
