import type { Rule, SourceFile, Tree } from './tree';

const ROOMS = [
  'routes',
  'subscriptions',
  'jobs',
  'commands',
  'steps',
  'queries',
  'domain',
  'crypto',
  'entities',
  'clients',
  'migrations',
  'testing',
];

/** A large service is divided into wings: the same rooms (folders) inside each, or files only. */
const WINGS: Record<string, readonly string[]> = {
  account: ['days', 'prices', 'ledger', 'payouts', 'analytics', 'proof'],
  gateway: ['api', 'sessions', 'proxy', 'live', 'web'],
};

/** Suffixes of file names, by room. */
const SUFFIXES: Record<string, string> = {
  routes: '(routes|schemas|presenter)',
  subscriptions: 'subscription',
  entities: 'entity',
  jobs: 'job',
};

const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const PLACES = /^(services|operations|tools|test|bench|docs|components|k8s|tilt)\//;
/** File names that tools expect. */
const ESTABLISHED = /^(README\.md|Dockerfile|Tiltfile|__snapshots__)$/;

/** Suffixes of a test beside the file that it tests. */
const TESTS = ['.db.test.ts', '.component.test.ts', '.test.ts'];

const README_LINES = 80;
const README_MIN_LINES = 5;

function lineCount({ text }: SourceFile): number {
  return text.trimEnd().split('\n').length;
}

function partsOf(path: string): { service: string; rest: string[] } | null {
  const [top, service, ...rest] = path.split('/');
  if (top !== 'services' || !service || rest.length === 0 || service === 'shared') return null;
  return { service, rest };
}

function roomFault({ path }: SourceFile): string | null {
  const parts = partsOf(path);
  const [first, ...others] = parts?.rest ?? [];
  const isWing = parts && first && WINGS[parts.service]?.includes(first);
  const [room, ...inside] = isWing ? others : (parts?.rest ?? []);
  if (!room || inside.length === 0) return null;
  if (!ROOMS.includes(room)) return `${path}: there is no room called ${room}`;
  if (room !== 'testing' && inside.length > 1) return `${path}: rooms have no folders`;
  const suffix = SUFFIXES[room];
  const name = inside.at(-1)!;
  if (!suffix || name.includes('.test.') || room === 'testing') return null;
  const isNamed = new RegExp(`\\.${suffix}\\.ts$`).test(name);
  return isNamed ? null : `${path}: files in ${room} end in .${suffix}.ts`;
}

function servicesIn(tree: Tree): string[] {
  const names = tree.flatMap(({ path }) => partsOf(path)?.service ?? []);
  return [...new Set(names)];
}

/** Rules for names and places of files. */
export const nameRules: Rule[] = [
  {
    name: 'files and folders have kebab-case names',
    faults: (tree) =>
      tree
        .map(({ path }) => path)
        .filter((path) => PLACES.test(path))
        .filter((path) => path.split('/').some((p) => !KEBAB.test(p) && !ESTABLISHED.test(p))),
  },
  {
    name: 'services have known rooms only, and files say their room',
    faults: (tree) => tree.flatMap((file) => roomFault(file) ?? []),
  },
  {
    name: 'every service has a README of one page',
    faults: (tree) =>
      servicesIn(tree).flatMap((service) => {
        const path = `services/${service}/README.md`;
        const readme = tree.find((file) => file.path === path);
        if (!readme) return [`${path} is missing`];
        const lines = lineCount(readme);
        const isOnePage = lines >= README_MIN_LINES && lines <= README_LINES;
        return isOnePage ? [] : [`${path}: ${lines} lines of ${README_MIN_LINES}–${README_LINES}`];
      }),
  },
  {
    name: 'every command has a test beside it',
    faults: (tree) => {
      const paths = new Set(tree.map(({ path }) => path));
      return [...paths]
        .filter((path) => /^services\/.*\/commands\/[^/.]+\.ts$/.test(path))
        .filter((path) => !TESTS.some((test) => paths.has(path.replace(/\.ts$/, test))));
    },
  },
];
