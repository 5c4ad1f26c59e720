import { randomBytes } from 'node:crypto';
import { demoPeople } from '../../operations/company/people';
import { BANK, databaseNames, rolesOf } from '../../operations/postgres/databases';
import { catalogue } from '../../services/catalogue';
import { daprSecrets } from '../stack/dapr-secrets';

const SECRET_BYTES = 24;
const DATABASE_SECRET = 'database.';
/** The PostgreSQL of k8s/infra; only installations with it have sandbox bank and demo company. */
const OUR_POSTGRES = 'postgres';
const TOKEN = /\.(api|app)-token$/;

/** The values of one secret, by key. */
export type SecretValues = Record<string, string>;
type Secrets = Map<string, SecretValues>;

/** Urls, with user and password, of servers outside the cluster. */
export interface Places {
  postgres?: string;
  redis?: string;
  smtp?: string;
}

function random(): string {
  return randomBytes(SECRET_BYTES).toString('hex');
}

function postgresSecret({ postgres }: Places): SecretValues {
  const url = new URL(postgres ?? `postgres://postgres@${OUR_POSTGRES}:5432/postgres`);
  if (postgres === undefined) url.password = random();
  return { url: url.href, password: url.password };
}

/** Urls of one database on the administrator's server, with a password for each role. */
function databaseSecret(name: string, administratorUrl: string): SecretValues {
  const urls = rolesOf(name).map((role) => {
    const url = new URL(administratorUrl);
    url.pathname = `/${name}`;
    url.username = `${name}_${role}`;
    url.password = random();
    return [role, url.href];
  });
  return Object.fromEntries(urls) as SecretValues;
}

function stateStoreSecret(database: SecretValues): SecretValues {
  return { ...daprSecrets('redis://none', database['app']!).statestore };
}

function redisSecret({ redis }: Places): SecretValues {
  return { ...daprSecrets(redis ?? `redis://:${random()}@redis:6379/0`, '').redis };
}

/** The demo company's administrator; without demo the operator makes this secret. */
function administratorSecret(): SecretValues {
  const [{ id, nickname, email, bankAccount, beakShape }] = demoPeople('en');
  return { id, nickname, email, bankAccount, beakShape };
}

function tokenNames(): string[] {
  const both = catalogue.flatMap(({ name }) => [`${name}.api-token`, `${name}.app-token`]);
  return [...both, 'create-admin.api-token'];
}

/**
 * Returns every secret that the manifests refer to. Secrets in `there` are kept, so that secrets
 * derived from them match: a database's urls those of the server, for instance.
 */
export function productSecrets(there: ReadonlyMap<string, SecretValues>, places: Places): Secrets {
  const made: Secrets = new Map();
  const add = (name: string, make: () => SecretValues): SecretValues => {
    const values = there.get(name) ?? make();
    made.set(name, values);
    return values;
  };
  const url = add('postgres', () => postgresSecret(places))['url']!;
  const isOurServer = new URL(url).hostname === OUR_POSTGRES;
  for (const name of databaseNames().filter((each) => each !== BANK || isOurServer)) {
    add(DATABASE_SECRET + name, () => databaseSecret(name, url));
  }
  add('statestore', () => stateStoreSecret(made.get(`${DATABASE_SECRET}dapr`)!));
  add('redis', () => redisSecret(places));
  add('mail', () => ({ url: places.smtp ?? 'smtp://mail:25' }));
  if (isOurServer) add('administrator', administratorSecret);
  add('grafana', () => ({ password: random() }));
  for (const name of tokenNames()) add(name, () => ({ token: random() }));
  return made;
}

function withNewPasswords(values: SecretValues): SecretValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const url = new URL(value);
      url.password = random();
      return [key, url.href];
    }),
  );
}

/**
 * Rotates one secret: new values for it and for the secrets that repeat them. Throws when the
 * secret does not exist or is not random. Next steps: docs/runbooks/rotate-keys.md.
 */
export function madeAnew(name: string, there: ReadonlyMap<string, SecretValues>): Secrets {
  const old = there.get(name);
  if (!old) throw new Error(`There is no secret ${name}`);
  if (TOKEN.test(name)) return new Map([[name, { token: random() }]]);
  if (name === 'redis') return new Map([[name, { ...old, password: random() }]]);
  if (!name.startsWith(DATABASE_SECRET)) {
    throw new Error('Only tokens and passwords of databases and Redis are made anew here');
  }
  const values = withNewPasswords(old);
  const changed: Secrets = new Map([[name, values]]);
  if (name === `${DATABASE_SECRET}dapr`) changed.set('statestore', stateStoreSecret(values));
  return changed;
}
