import { createParts } from '../../shared/runtime/parts';
import type { ServiceApp } from '../../shared/runtime/service';
import {
  testClient,
  testEnv,
  testVerifier,
  type TestClient,
} from '../../shared/testing/test-service';
import { createAccount } from '../app';
import { readWorkerEnv } from '../config';
import { createAccountWorker } from '../worker-app';
import { MANAGEMENT_BANK_ACCOUNT, type TestEvening } from './test-evening';

function envOf({ port, test }: TestEvening): ReturnType<typeof readWorkerEnv> {
  return readWorkerEnv({ ...testEnv(port), DATABASE_URL: test.url, MANAGEMENT_BANK_ACCOUNT });
}

/** Returns a client of Account on the books of an evening. */
export function accountOf(evening: TestEvening): TestClient {
  const env = envOf(evening);
  const parts = { ...createParts('account', env), verifier: testVerifier() };
  return testClient(createAccount(env, parts, evening.books));
}

/** Returns a worker on the books of an evening; `close` waits for the current run. */
export function workerOf(evening: TestEvening): ServiceApp {
  const env = envOf(evening);
  return createAccountWorker(env, createParts('account-worker', env), evening.books);
}
