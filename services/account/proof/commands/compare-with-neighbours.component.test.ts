import {
  assignmentDigests,
  assignmentRows,
  bankTransferDigests,
  bankTransferRows,
  finishedTaskDigests,
  finishedTaskRows,
  type ComparedRow,
} from '../../../shared/contracts/calls/compared-rows';
import { startAccount, type AccountUnderTest } from '../../testing/account-under-test';
import { MONDAY_NOON } from '../../testing/test-books';
import { comparisonsOf } from './compare-with-neighbours';

const HOUR_MS = 3_600_000;
const at = MONDAY_NOON.toISOString();

let account: AccountUnderTest;
let boards: Record<'assignments' | 'finished', ComparedRow[]>;

beforeAll(async () => {
  account = await startAccount();
  const { neighbours } = account;
  // Digests that equal none: every range is compared row by row.
  const differing = ({ body }: { body: { bounds: string[] } }) => ({
    digests: body.bounds.slice(1).map(() => ({ count: -1, hash: '0' })),
  });
  for (const contract of [assignmentDigests, finishedTaskDigests, bankTransferDigests]) {
    neighbours.answer(contract, differing);
  }
  neighbours.answer(assignmentRows, () => ({ rows: boards.assignments }));
  neighbours.answer(finishedTaskRows, () => ({ rows: boards.finished }));
  neighbours.answer(bankTransferRows, () => ({ rows: [] }));
});
afterAll(() => account.stop());

async function compare(): Promise<Record<string, readonly string[]>> {
  account.setNow(new Date(MONDAY_NOON.getTime() + HOUR_MS));
  const checks = comparisonsOf(account.books, account.app.parts.sidecar);
  const found = await Promise.all(
    checks.map(async ({ name, run }) => [name, await run()] as const),
  );
  return Object.fromEntries(found);
}

it('fees and rewards are written as Board writes assignments and finished tasks', async () => {
  account.setNow(MONDAY_NOON);
  const userId = await account.register();
  const facts = { userId, fee: 1_300n, reward: 2_600n };
  const taskId = await account.work({ ...facts, assignedAt: MONDAY_NOON, finishedAt: MONDAY_NOON });
  boards = {
    assignments: [{ key: `${taskId}/1`, content: `${userId} 1300`, at }],
    finished: [{ key: taskId, content: `${userId} 2600`, at }],
  };
  const nothing = { 'assignments-fees': [], 'finished-tasks-rewards': [] };
  expect(await compare()).toEqual({ ...nothing, 'attempts-bank-transfers': [] });

  boards.assignments = [{ key: `${taskId}/1`, content: `${userId} 1301`, at }];
  boards.finished = [];
  expect(await compare()).toMatchObject({
    'assignments-fees': [`${taskId}/1`],
    'finished-tasks-rewards': [taskId],
  });
});
