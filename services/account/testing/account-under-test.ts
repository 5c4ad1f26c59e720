import { taskDetails } from '../../shared/contracts/calls/board';
import { userBankAccount } from '../../shared/contracts/calls/user';
import { taskAssigned, taskFinished } from '../../shared/contracts/events/tasks';
import { userCreated } from '../../shared/contracts/events/users';
import { newId } from '../../shared/kernel/ids';
import { createParts } from '../../shared/runtime/parts';
import type { ServiceApp } from '../../shared/runtime/service';
import { cloudEventOf } from '../../shared/testing/cloud-events';
import { Neighbours } from '../../shared/testing/neighbours';
import {
  testClient,
  testEnv,
  testVerifier,
  type TestClient,
} from '../../shared/testing/test-service';
import { createAccount } from '../app';
import { readAccountEnv } from '../config';
import { createTestBooks, priceTestTask, type TestBooks } from './test-books';

/** Bank account number given at registration. */
export const BANK_ACCOUNT = '40817810099910004312';

/** Facts about a task of a test. */
export interface TestTask {
  userId: string;
  price?: bigint;
  fee?: bigint;
  reward?: bigint;
  assignedAt?: Date;
  /** Absent: the task stays open. */
  finishedAt?: Date;
}

/** Account with fakes of User and Board, on test books. */
export interface AccountUnderTest extends TestBooks {
  app: ServiceApp;
  client: TestClient;
  neighbours: Neighbours;
  /** Delivers `UserCreated`; returns the user's id. */
  register(nickname?: string): Promise<string>;
  /** Prices a task and delivers its assignment, and its finish if any; returns the task's id. */
  work(task: TestTask): Promise<string>;
  stop(): Promise<void>;
}

/** Starts Account. User returns one number for everybody; Board knows every task. */
export async function startAccount(): Promise<AccountUnderTest> {
  const fixture = await createTestBooks();
  const { test, books } = fixture;
  const neighbours = new Neighbours();
  neighbours.answer(userBankAccount, () => ({ bankAccount: BANK_ACCOUNT }));
  neighbours.answer(taskDetails, ({ body }) => ({
    tasks: body.taskIds.map((id) => ({ id, title: `Task ${id}`, jiraId: 'UBERPOP-42' })),
  }));
  const env = readAccountEnv({
    ...testEnv(await neighbours.start()),
    DATABASE_URL: test.url,
    MANAGEMENT_BANK_ACCOUNT: '40702810000000000001',
  });
  const parts = { ...createParts('account', env), verifier: testVerifier() };
  const app = createAccount(env, parts, books);
  const client = testClient(app);
  const deliver = async (topic: string, ...events: object[]): Promise<void> => {
    const answer = await client.deliver(topic, events).expect(200);
    const { statuses } = answer.body as { statuses: { status: string }[] };
    expect(statuses.map(({ status }) => status)).toEqual(events.map(() => 'SUCCESS'));
  };
  return {
    ...fixture,
    app,
    client,
    neighbours,
    async register(nickname = 'kesha') {
      const userId = newId();
      const snapshot = { ...userCreated.example, userId, nickname };
      await deliver('users', cloudEventOf(userCreated, snapshot));
      return userId;
    },
    async work({ userId, assignedAt, finishedAt, ...price }) {
      const taskId = await priceTestTask(books, price);
      const assigned = {
        taskId,
        userId,
        assignmentNumber: 1,
        assignedAt: (assignedAt ?? books.clock()).toISOString(),
        distributionId: null,
      };
      await deliver('tasks', cloudEventOf(taskAssigned, assigned));
      if (finishedAt) {
        const finished = { taskId, userId, finishedAt: finishedAt.toISOString() };
        await deliver('tasks', cloudEventOf(taskFinished, finished));
      }
      return taskId;
    },
    async stop() {
      await parts.sidecar.close();
      await neighbours.stop();
      await test.drop();
    },
  };
}
