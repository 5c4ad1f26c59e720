import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { catalogue, type Service } from '../../services/catalogue';
import { componentsRedelivering } from './components';
import { daprSecrets } from './dapr-secrets';
import { obtainDaprd } from './daprd';
import { privateFolder } from './data-directory';
import type { Databases } from './databases';
import { embeddedPostgresFolder, forgetEmbeddedPostgres } from './embedded-postgres';
import { COMPONENTS } from './folders';
import { migrate } from './migrate';
import type { FilledOptions, StackOptions } from './options';
import { claimPorts, publicPort, servicePorts, supportPorts, type PortClaim } from './ports';
import { Processes } from './processes';
import { writePrivate } from './put-in-place';
import { Secrets } from './secrets';
import { preparePostgres, prepareRedis } from './servers';
import {
  addService,
  addSidecar,
  replicaNames,
  sidecarOf,
  type ServiceContext,
  type ServiceProcess,
} from './service-process';
import { Stack, replicaCount } from './stack';
import { startBank, startMail } from './support';

/**
 * Starts the product, or some of its services, each with its own daprd, and waits until everything
 * is ready. The services must be compiled (`ensureBuilt()`). On a failure everything started is
 * ended; the error names the part that failed, with the end of its log.
 */
export async function startStack(given: StackOptions): Promise<Stack> {
  const options = filled(given);
  await privateFolder(options.dataDirectory);
  await refuseTakenPorts(options);
  const logDirectory = join(options.dataDirectory, 'logs');
  await rm(logDirectory, { recursive: true, force: true });
  const processes = new Processes(logDirectory, options.report, options.removedAtEnd);
  try {
    return await startParts(options, processes);
  } catch (error) {
    await processes.abandon();
    throw error;
  }
}

function filled(options: StackOptions): FilledOptions {
  return {
    ...options,
    dataDirectory: resolve(options.dataDirectory),
    services: options.services ?? catalogue.map((service) => service.name),
    portOffset: options.portOffset ?? 0,
    redis: options.redis ?? 'own',
    postgres: options.postgres ?? 'found',
    supervise: options.supervise ?? false,
    waitUntilReady: options.waitUntilReady ?? true,
    report: options.report ?? (() => undefined),
  };
}

function chosenServices(options: FilledOptions): Service[] {
  return catalogue.filter((each) => options.services.includes(each.name));
}

async function refuseTakenPorts(options: FilledOptions): Promise<void> {
  const claims: PortClaim[] = chosenServices(options).flatMap((service) =>
    replicaNames(service.name, replicaCount(service, options)).flatMap((name, replica) =>
      Object.entries(servicePorts(service, options.portOffset, replica)).map(([use, port]) => ({
        port,
        owner: `${name} (${use})`,
      })),
    ),
  );
  const { bank, smtp, mail } = supportPorts(options.portOffset);
  if (options.services.includes('gateway')) {
    claims.push({ port: publicPort(options.portOffset), owner: 'gateway (the address)' });
  }
  if (options.services.includes('payment')) claims.push({ port: bank, owner: 'the sandbox bank' });
  if (options.services.includes('notify')) {
    claims.push({ port: smtp, owner: 'the mail catcher' }, { port: mail, owner: 'the mail page' });
  }
  await claimPorts(claims, options.report);
}

/** Starts the mail catcher in parallel: services only need its port. */
async function startParts(options: FilledOptions, processes: Processes): Promise<Stack> {
  const wantsMail = options.services.includes('notify');
  const [stack] = await Promise.all([
    startProduct(options, processes),
    wantsMail ? startMail(options, processes) : undefined,
  ]);
  if (options.waitUntilReady) await stack.ready();
  return stack;
}

async function startProduct(options: FilledOptions, processes: Processes): Promise<Stack> {
  const daprDirectory = join(options.dataDirectory, 'dapr');
  await privateFolder(daprDirectory);
  const secrets = await Secrets.open(join(options.dataDirectory, 'secrets.json'));
  // Before the new secrets are saved: the old cluster has passwords that are lost, and a
  // half-removed cluster must not count as a whole one.
  if (secrets.isNew) await forgetEmbeddedPostgres(embeddedPostgresFolder(options.dataDirectory));
  const servers = { options, secrets, processes };
  const [{ databases, isFresh }, redisUrl, daprd] = await Promise.all([
    preparePostgres(servers),
    prepareRedis(servers),
    obtainDaprd(options.report),
    clearNames(daprDirectory),
  ]);
  const componentsDirectory = await componentsFor(options);
  const context = { ...servers, databases, daprDirectory, componentsDirectory };
  const stateStoreUrl = databases.url('dapr', 'app');
  const secretsFile = join(daprDirectory, 'dapr-secrets.json');
  await writePrivate(secretsFile, JSON.stringify(daprSecrets(redisUrl, stateStoreUrl), null, 2));
  const services = chosenServices(options).flatMap((service) =>
    replicaNames(service.name, replicaCount(service, options)).map((_, replica) =>
      addService(service, replica, context),
    ),
  );
  for (const each of services) addSidecar(each, daprd.file, context);
  await secrets.save();
  const stack = new Stack({ options, processes, databases, isFresh, redisUrl, services });
  await Promise.all([startServices(services, context), bankIfNeeded(context, databases)]);
  return stack;
}

async function bankIfNeeded(context: ServiceContext, databases: Databases): Promise<void> {
  const { options, processes } = context;
  if (options.services.includes('payment') && !options.entries?.payment) {
    await startBank(options, processes, databases);
  }
}

/** Starts all sidecars at once, and each service as soon as its database is migrated. */
async function startServices(
  services: readonly ServiceProcess[],
  { options, processes, databases }: ServiceContext,
): Promise<void> {
  for (const each of services) processes.get(sidecarOf(each.name)).start();
  const folders = new Set(chosenServices(options).flatMap((service) => service.database ?? []));
  const replaced = new Set<string>(Object.keys(options.entries ?? {}));
  if (folders.size > 0) options.report('migrating');
  const migrations = new Map(
    [...folders].map((folder) => [
      folder,
      replaced.has(folder) ? Promise.resolve() : migrate(folder, databases),
    ]),
  );
  options.report('starting the services and their sidecars');
  const starts = services.map(async (each) => {
    const folder = catalogue.find((service) => service.name === each.service)?.database;
    if (folder) await migrations.get(folder);
    options.signal?.throwIfAborted();
    processes.get(each.name).start();
  });
  await Promise.all(starts);
}

function componentsFor(options: FilledOptions): Promise<string> {
  const seconds = options.redeliverAfterSeconds;
  if (seconds === undefined) return Promise.resolve(COMPONENTS);
  return componentsRedelivering(seconds, join(options.dataDirectory, 'components'));
}

/** Removes daprd's name resolution database: entries of an earlier run are stale. */
async function clearNames(daprDirectory: string): Promise<void> {
  const files = ['names.db', 'names.db-wal', 'names.db-shm'];
  await Promise.all(files.map((file) => rm(join(daprDirectory, file), { force: true })));
}
