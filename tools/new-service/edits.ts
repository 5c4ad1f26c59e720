import { titleOf, type NewService } from './files';

/** A change of a file that has to know every service. */
export interface Edit {
  /** Below the repository. */
  path: string;
  /** Stands in the file exactly once. */
  place: string;
  /** What stands there afterwards. */
  text: string;
}

const LIST_END = '] as const satisfies readonly Entry[];';
const VERIFIERS = 'const VERIFIERS = [';
const IMPORT = "import type { ServiceName } from '../../services/catalogue';";
const ROUTES_END = '  ];\n}\n';
const MANIFESTS = 'components:\n  - ../../components\n';
const ALERTS = '          or absent(up{job="services",service="notify"})\n';
const SIZES = '  - { name: notify, count: 2 }\n';
const ALLOWED = "  notify: ['postgres', 'mail', ...to('auth')],\n";
const DATABASES = '            - { prefix: DATABASE_bank_';

/** What a new service changes in files that are there. */
export function editsFor({ name, hasDatabase }: NewService): Edit[] {
  const create = `create${titleOf(name)}`;
  const database = hasDatabase ? `, database: '${name}', migrates: '${name}'` : '';
  const publicRoutes = 'tools/generate/public-routes.ts';
  return [
    {
      // At the end: ports follow from the position.
      path: 'services/catalogue.ts',
      place: LIST_END,
      text: `  { name: '${name}'${database} },\n${LIST_END}`,
    },
    {
      path: 'services/auth/policies.ts',
      place: VERIFIERS,
      text: `${VERIFIERS}'${name}', `,
    },
    {
      path: publicRoutes,
      place: IMPORT,
      text: `import { ${create} } from '../../services/${name}/app';\n${IMPORT}`,
    },
    {
      path: publicRoutes,
      place: ROUTES_END,
      text: `    ...routesOf('${name}', ${create}(exampleEnv).routes),\n${ROUTES_END}`,
    },
    {
      path: 'k8s/base/kustomization.yaml',
      place: MANIFESTS,
      text: `  - ${name}\n${MANIFESTS}`,
    },
    {
      path: 'k8s/features/monitoring/alerts.yaml',
      place: ALERTS,
      text: `${ALERTS}          or absent(up{job="services",service="${name}"})\n`,
    },
    {
      path: 'k8s/overlays/production/sizes/kustomization.yaml',
      place: SIZES,
      text: `${SIZES}  - { name: ${name}, count: 2 }\n`,
    },
    {
      path: 'test/cluster/scenes/network.ts',
      place: ALLOWED,
      text: `${ALLOWED}  ${name}: [${hasDatabase ? "'postgres', " : ''}...to('auth')],\n`,
    },
    ...(hasDatabase
      ? [
          {
            path: 'k8s/jobs/databases/job.yaml',
            place: DATABASES,
            text:
              `            - { prefix: DATABASE_${name}_, ` +
              `secretRef: { name: database.${name} } }\n${DATABASES}`,
          },
        ]
      : []),
  ];
}

/** The file's text after the edit. Throws when the place is not there, or not the only one. */
export function applyEdit(source: string, { path, place, text }: Edit): string {
  const pieces = source.split(place);
  if (pieces.length !== 2) {
    throw new Error(`${path} should have this exactly once, to name the service there: ${place}`);
  }
  return pieces.join(text);
}
