import type { ServiceEnv, TokenEnv } from '../config/env';
import type { Database } from '../db/data-source';
import { createParts, type Parts } from '../runtime/parts';
import type { ServiceApp } from '../runtime/service';
import { Neighbours } from './neighbours';
import { createTestDatabase, type TestDatabase } from './test-database';
import { testClient, testEnv, testVerifier, type TestClient } from './test-service';

/** How a component test creates a service. */
interface Recipe<Env> {
  name: string;
  readEnv(environment: Record<string, string | undefined>): Env;
  create(env: Env, parts: Parts): ServiceApp;
  /** Missing for services without a database. */
  createDatabase?: (url: string) => Database;
  /** Environment of this service beyond that of every service. */
  environment?: Record<string, string>;
}

/** A service in component tests: called over HTTP, `neighbours` play its sidecar. */
export interface ServiceUnderTest {
  app: ServiceApp;
  client: TestClient;
  neighbours: Neighbours;
  /** Database of the service; null without `createDatabase`. */
  test: TestDatabase | null;
  /** Closes all connections and drops the database. */
  stop(): Promise<void>;
}

/** Creates the service on a database of its own. The service accepts tokens of `tokenFor`. */
export async function startUnderTest<Env extends ServiceEnv & TokenEnv>(
  recipe: Recipe<Env>,
): Promise<ServiceUnderTest> {
  const neighbours = new Neighbours();
  const test = recipe.createDatabase ? await createTestDatabase(recipe.createDatabase) : null;
  const env = recipe.readEnv({
    ...testEnv(await neighbours.start()),
    ...(test && { DATABASE_URL: test.url }),
    ...recipe.environment,
  });
  const parts = { ...createParts(recipe.name, env), verifier: testVerifier() };
  const app = recipe.create(env, parts);
  await app.database?.initialize();
  return {
    app,
    client: testClient(app),
    neighbours,
    test,
    async stop() {
      await app.close?.();
      await app.database?.destroy();
      await parts.sidecar.close();
      await neighbours.stop();
      await test?.drop();
    },
  };
}
