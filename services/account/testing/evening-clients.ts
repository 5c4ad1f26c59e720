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

/** The Account service on the books of an evening. */
export function accountOf(evening: TestEvening): TestClient {
  const env = envOf(evening);
  const parts = { ...createParts('account', env), verifier: testVerifier() };
  return testClient(createAccount(env, parts, evening.books));
}

/** A worker on the books of an evening; its `close` waits for the run under way. */
export function workerOf(evening: TestEvening): ServiceApp {
  const env = envOf(evening);
  return createAccountWorker(env, createParts('account-worker', env), evening.books);
}
