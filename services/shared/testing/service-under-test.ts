import type { ServiceEnv, TokenEnv } from '../config/env';
import type { Database } from '../db/data-source';
import { createParts, type Parts } from '../runtime/parts';
import type { ServiceApp } from '../runtime/service';
import { Neighbours } from './neighbours';
import { createTestDatabase, type TestDatabase } from './test-database';
import { testClient, testEnv, testVerifier, type TestClient } from './test-service';

/** How a service is made, in the words of its own folder. */
interface Recipe<Env> {
  name: string;
  readEnv(environment: Record<string, string | undefined>): Env;
  create(env: Env, parts: Parts): ServiceApp;
  /** Left out by services without a database. */
  createDatabase?: (url: string) => Database;
  /** What its environment needs besides what every service is told. */
  environment?: Record<string, string>;
}

/** A service as component tests meet it: over HTTP, its neighbours played by `neighbours`. */
export interface ServiceUnderTest {
  app: ServiceApp;
  client: TestClient;
  neighbours: Neighbours;
  /** Its database; null when the recipe names none. */
  test: TestDatabase | null;
  /** Lets go of everything. */
  stop(): Promise<void>;
}

/** Makes the service on a database of its own. Tokens of `tokenFor` are good for it. */
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
