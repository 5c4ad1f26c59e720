/**
 * `npm run k8s:secrets`: creates the secrets that the cluster lacks; existing ones stay unchanged.
 *
 *   -- --rotate NAME        a new value for one secret, for instance board.api-token
 *   -- --postgres URL       an administrator's url of an external PostgreSQL, with password
 *   -- --redis URL          an external Redis: redis:// or rediss://
 *   -- --smtp URL           an external mail server
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runProgram } from '../../services/shared/runtime/run-program';
import { ROOT } from '../stack/folders';
import { kubectl, kubectlHere } from './kubectl';
import { madeAnew, productSecrets, type Places, type SecretValues } from './product-secrets';

const text = { type: 'string' } as const;
const options = { rotate: text, postgres: text, redis: text, smtp: text };

function asManifest(name: string, stringData: SecretValues): object {
  const labels = { 'app.kubernetes.io/part-of': 'popug' };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, labels }, stringData };
}

/** The secrets of the namespace by name, decoded. */
async function present(): Promise<Map<string, SecretValues>> {
  interface List {
    items: { metadata: { name: string }; data?: Record<string, string> }[];
  }
  const { items } = JSON.parse(await kubectlHere(['get', 'secrets', '-o', 'json'])) as List;
  const decode = (value: string): string => Buffer.from(value, 'base64').toString('utf8');
  return new Map(
    items.map(({ metadata, data = {} }) => [
      metadata.name,
      Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decode(value)])),
    ]),
  );
}

async function apply(secrets: ReadonlyMap<string, SecretValues>): Promise<void> {
  const items = [...secrets].map(([name, values]) => asManifest(name, values));
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await kubectlHere(['apply', '--server-side', '--force-conflicts', '-f', '-'], list);
  for (const name of secrets.keys()) console.log(`made ${name}`);
}

/** Servers are all in the cluster or all outside, and are set once: throws otherwise. */
function refuseHalfSaid(places: Places, there: ReadonlyMap<string, SecretValues>): void {
  const said = Object.keys(places);
  if (said.length > 0 && said.length < 3) {
    throw new Error('Say where all three are: --postgres, --redis and --smtp');
  }
  const taken = ['postgres', 'redis', 'mail'].filter((name) => there.has(name));
  if (said.length > 0 && taken.length > 0) {
    throw new Error(`There already, so not changed: ${taken.join(', ')}. Delete them first`);
  }
}

async function main(): Promise<void> {
  const { rotate, ...elsewhere } = parseArgs({ options }).values;
  const namespace = readFileSync(join(ROOT, 'k8s', 'base', 'namespace.yaml'), 'utf8');
  await kubectl(['apply', '-f', '-'], namespace);
  const there = await present();
  refuseHalfSaid(elsewhere as Places, there);
  if (rotate !== undefined) return apply(madeAnew(rotate, there));
  const missing = [...productSecrets(there, elsewhere as Places)];
  const added = new Map(missing.filter(([name]) => !there.has(name)));
  if (added.size > 0) await apply(added);
  console.log(`${there.size} secrets were there, ${added.size} are new`);
}

runProgram(main);
