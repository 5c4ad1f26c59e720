import { createRequire } from 'node:module';
import { join } from 'node:path';
import { catalogue, type Service, type ServiceName } from '../../services/catalogue';
import { gatewayRoutes } from '../../services/gateway/app';
import type { GatewayEnv } from '../../services/gateway/config';
import type { Database } from '../../services/shared/db/data-source';
import type { Policies, Route } from '../../services/shared/http/route';
import type { ServiceApp } from '../../services/shared/runtime/service';
import { serviceEnvironment } from '../stack/environment';
import { ROOT } from '../stack/folders';

/** Route, and the service that answers it. */
export interface ServiceRoute extends Route {
  service: ServiceName;
}

const load = createRequire(__filename);

const titleOf = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Returns the folder of a program and its name there, `main` or another. */
function placeOf({ entry }: Service): { folder: string; program: string } {
  const [, folder, file] = entry.split('/');
  return { folder: folder!, program: file!.replace('.js', '') };
}

/** Returns an export of a file of the service. Throws when the file or the export is missing. */
function exported<T>(service: Service, file: string, name: string): T {
  const path = join('services', placeOf(service).folder, file);
  const found = (load(join(ROOT, path)) as Record<string, T | undefined>)[name];
  if (found === undefined) throw new Error(`${path}.ts exports no ${name}`);
  return found;
}

/** Reads the environment of a service like its program. Throws for missing variables. */
export function readEnvOf(service: Service, environment: NodeJS.ProcessEnv): unknown {
  const { folder, program } = placeOf(service);
  const name = `read${titleOf(program === 'main' ? folder : program)}Env`;
  return exported<(environment: NodeJS.ProcessEnv) => unknown>(
    service,
    'config',
    name,
  )(environment);
}

/** Returns the environment of a service in the local start, with unreachable addresses. */
function exampleEnv(service: Service): unknown {
  const around = {
    ports: service.ports,
    portOffset: 0,
    databaseUrl: service.database && 'postgres://example.test/example',
    daprApiToken: 'example',
    appApiToken: 'example',
  };
  return readEnvOf(service, { ...serviceEnvironment(service, around), LOG_LEVEL: 'silent' });
}

/** Creates a service by its `create` function; opens no connection. */
export function createApp(service: Service): ServiceApp {
  const { program } = placeOf(service);
  const file = program === 'main' ? 'app' : `${program}-app`;
  const create = exported<(env: unknown) => ServiceApp>(
    service,
    file,
    `create${titleOf(service.name)}`,
  );
  return create(exampleEnv(service));
}

/** Returns the function that creates the data source of a service; opens no connection. */
export function databaseOf(service: Service): (url: string) => Database {
  return exported(service, 'data-source', `create${titleOf(service.name)}Database`);
}

/** Returns the policies of the service's folder. */
export function policiesOf(service: Service): Policies {
  return exported<Policies>(service, 'policies', 'policies');
}

/** Returns the service's routes; the gateway has some on its public port. */
function routesOf(service: Service): readonly Route[] {
  const { routes } = createApp(service);
  if (service.name !== 'gateway') return routes;
  return [...gatewayRoutes(exampleEnv(service) as GatewayEnv), ...routes];
}

/** Returns every route of every service, in the order of their tables. */
export function allRoutes(): ServiceRoute[] {
  return catalogue.flatMap((service) =>
    routesOf(service).map((route) => ({ ...route, service: service.name })),
  );
}

/** Returns the routes that the document describes: those reachable from outside. */
export function publicRoutes(): ServiceRoute[] {
  return allRoutes().filter(({ access }) => access.allow !== 'services');
}
