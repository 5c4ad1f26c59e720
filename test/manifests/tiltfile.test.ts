import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { catalogue } from '../../services/catalogue';

interface Kustomization {
  resources: string[];
  patches: { path: string }[];
}
interface Patch {
  metadata: { name: string };
  spec: { template: { spec: { containers: { args?: string[] }[] } } };
}

const ROOT = join(__dirname, '..', '..');
const TILT = join(ROOT, 'tilt');
/** Placeholder of the service's name in the patch for all services. */
const SERVICE = '$(SERVICE)';
const A_VERSION = /\d+\.\d+\.\d+/;

const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');
const readYaml = (...path: string[]): unknown => parse(read(...path));
const overlay = readYaml('tilt', 'kustomization.yaml') as Kustomization;
const patches = overlay.patches.map(({ path }) => readYaml('tilt', path) as Patch);
const tiltFiles = ['Tiltfile', ...readdirSync(TILT).map((file) => join('tilt', file))]
  .filter((file) => /(Tiltfile|\.tilt)$/.test(file))
  .map((file) => [file, read(file)] as const);

const programOf = (patch: Patch | undefined): string | undefined =>
  patch?.spec.template.spec.containers[0]?.args?.at(-1);

it.each(catalogue)('Tilt runs $name from its source', ({ name, entry }) => {
  const base = readYaml('k8s', 'base', 'kustomization.yaml') as Kustomization;
  expect(base.resources).toContain(name);
  const own = patches.find((patch) => patch.metadata.name === name);
  const shared = patches.find((patch) => patch.metadata.name === 'SERVICE');
  const program = programOf(own) ?? programOf(shared)?.replace(SERVICE, name);
  expect(program).toBe(entry.replace(/\.js$/, '.ts'));
});

it.each(tiltFiles)('%s names only what is there', (_, text) => {
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!);
  const files = all(/(?<![\w/])((?:\.\/)?(?:[\w-]+\/)*[\w.-]+\.(?:json|mod|tilt|ts|yaml))\b/g);
  const folders = all(/\b(?:kustomize|sync|watch_file)\('([^']+)'/g);
  const scripts = all(/npm run (?:--silent )?([\w:-]+)/g);
  expect([...files, ...folders].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const { scripts: known } = JSON.parse(read('package.json')) as { scripts: object };
  expect(scripts.filter((name) => !(name in known))).toEqual([]);
});

it('installs the Dapr whose daprd is built in sidecar/, and says its version nowhere else', () => {
  const text = read('tilt', 'dapr.tilt');
  const [, mark] = /^MODULE = '(.+)'$/m.exec(text)!;
  const versions = read('sidecar', 'go.mod').split(mark!).slice(1);
  expect(versions.map((rest) => rest.split(/\s/)[0])).toEqual([expect.stringMatching(A_VERSION)]);
  expect(text).not.toMatch(A_VERSION);
});
