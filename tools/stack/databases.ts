import type { Client } from 'pg';
import { withClient } from '../../operations/postgres/client';
import { databaseNames, rolesOf, type DatabaseRole } from '../../operations/postgres/databases';
import { createDatabase, draftName, setRoles } from '../../operations/postgres/provision';
import type { Secrets } from './secrets';

const COMMENT_PREFIX = 'popug:';

/** Builds urls, and makes and drops databases, on one PostgreSQL server. */
export class Databases {
  constructor(
    /** Url of a role that may create databases and roles. */
    readonly adminUrl: string,
    readonly prefix: string,
    private readonly secrets: Secrets,
    /** Which data directory these belong to; written as the databases' comment. */
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

  /** The url of one database for the role that made it: sees everything. */
  administratorUrl(database: string): string {
    const url = new URL(this.adminUrl);
    url.pathname = `/${this.prefix}${database}`;
    return url.href;
  }

  /** Makes what is missing and sets every password. True when nothing was there before. */
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
      // One by one: CREATE DATABASE copies a template that must not be in use meanwhile.
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

  /** Who these databases belong to: nobody (none is there), us, or somebody else. */
  async ownership(): Promise<'none' | 'ours' | 'foreign'> {
    const marks = await withClient(this.adminUrl, (client) => this.existing(client));
    if (marks.size === 0) return 'none';
    const all = [...marks.values()];
    return all.every((mark) => mark.origin === this.origin) ? 'ours' : 'foreign';
  }

  /** Drops the databases and their roles, ending whoever is connected. */
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

  /** Our databases whose data directory is gone were meant to be forgotten with it. */
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
