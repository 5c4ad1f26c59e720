import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { catalogueWith, filesOf } from '../../tools/new-service/files';
import { render, type Manifest } from '../../tools/kubernetes/kustomize';
import { ThrowawayCopy } from '../mutants/copy';
import { docRules } from '../tidy/docs';
import { nameRules } from '../tidy/names';
import { textRules } from '../tidy/text';

const COPY_MS = 600_000;
/** One of each kind. */
const kinds = [
  { name: 'roost', hasDatabase: true },
  { name: 'perch', hasDatabase: false },
];
const names = kinds.map(({ name }) => name);

const execute = promisify(execFile);

interface Made {
  /** Errors of the compiler and ESLint in a copy of the repository with both services. */
  faults: string;
  manifests: Manifest[];
}

/** Runs a program; returns its output when it failed, else an empty string. */
async function complaints(folder: string, ...args: string[]): Promise<string> {
  try {
    await execute('npx', ['--no-install', ...args], { cwd: folder });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

let made: Made;

beforeAll(async () => {
  made = await ThrowawayCopy.with(async ({ folder }) => {
    for (const { name, hasDatabase } of kinds) {
      const options = hasDatabase ? [] : ['--no-database'];
      await execute('npm', ['run', 'new:service', '--', name, ...options], { cwd: folder });
    }
    const folders = names.map((name) => `services/${name}`);
    const project = { extends: './tsconfig.json', include: ['services/catalogue.ts', ...folders] };
    await writeFile(join(folder, 'tsconfig.new.json'), JSON.stringify(project));
    return {
      faults:
        (await complaints(folder, 'tsc', '-p', 'tsconfig.new.json', '--incremental', 'false')) +
        (await complaints(folder, 'eslint', ...folders)),
      manifests: await render(join(folder, 'k8s/overlays/production')),
    };
  });
}, COPY_MS);

const named = (kind: string, name: string): Manifest => {
  const found = made.manifests.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
};

describe('a new service', () => {
  it('compiles and keeps the rules of ESLint, in a copy of the repository', () => {
    expect(made.faults).toBe('');
  });

  it.each(names)('%s runs twice in production, with tokens and an access list', (name) => {
    expect(named('Deployment', name).spec.replicas).toBe(2);
    expect(named('Configuration', name).spec.accessControl.defaultAction).toBe('deny');
    expect(named('ServiceAccount', name)).toBeDefined();
  });

  it.each(names)('%s may ask Auth for its keys, on both levels', (name) => {
    const { policies } = named('Configuration', 'auth').spec.accessControl as {
      policies: { appId: string }[];
    };
    expect(policies.map(({ appId }) => appId)).toContain(name);
    const [{ from }] = named('NetworkPolicy', 'calls-to-auth').spec.ingress;
    expect(from[0].podSelector.matchExpressions[0].values).toContain(name);
  });

  it('has its database made and migrated when it has one', () => {
    const jobs = made.manifests.filter(({ kind }) => kind === 'Job');
    const migrated = jobs.map(({ metadata }) => metadata.name.split('-').slice(0, 2).join('-'));
    expect(migrated).toContain('migrate-roost');
    expect(migrated).not.toContain('migrate-perch');
    const create = jobs.find(({ metadata }) => metadata.name.startsWith('create-databases'))!;
    const { envFrom } = create.spec.template.spec.containers[0] as { envFrom: object[] };
    expect(envFrom).toContainEqual({
      prefix: 'DATABASE_roost_',
      secretRef: { name: 'database.roost' },
    });
    expect(JSON.stringify(envFrom)).not.toContain('perch');
  });
});

it.each(kinds)('the files of $name keep the rules of tidiness', (service) => {
  const files = filesOf(service);
  const rules = [...nameRules, ...textRules, ...docRules];
  expect(rules.flatMap(({ faults }) => faults(files))).toEqual([]);
  for (const { text } of files) expect(text).not.toMatch(/\{\{|NAME/);
});

it('refuses to guess where the catalogue ends', () => {
  expect(() => catalogueWith('const a = 1;', kinds[0]!)).toThrow('once');
});
