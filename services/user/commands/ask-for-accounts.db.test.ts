import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { askForAccounts } from './ask-for-accounts';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const MINUTE_MS = 60_000;
const now = new Date('2031-02-03T04:05:06.000Z');
const inMinutes = (count: number): Date => new Date(now.getTime() + count * MINUTE_MS);
const waiting = (due: Date) =>
  user.store({ status: 'inactive', accountOpenedAt: null, accountAskDueAt: due });
const ask = () => askForAccounts(user.at(now));

it('asks once for two processes, then again after twice as long', async () => {
  const [due, later] = [await waiting(now), await waiting(inMinutes(1))];
  await atOnce(user, 'users', [ask, ask]);
  expect(await user.eventsAbout(due.id)).toEqual(['UserCreated']);
  expect(await user.eventsAbout(later.id)).toEqual([]);
  const { accountAskedTimes, accountAskDueAt } = await user.read(due.id);
  expect([accountAskedTimes, accountAskDueAt]).toEqual([2, inMinutes(2)]);
  expect(await askForAccounts(user.at(inMinutes(2)))).toEqual([later.id, due.id]);
});

it.each([{ status: 'active' }, { status: 'deactivated', accountOpenedAt: null }] as const)(
  'does not ask for %j',
  async (changes) => {
    const { id } = await user.store({ ...changes, accountAskDueAt: now });
    expect(await ask()).not.toContain(id);
  },
);

it('is undone as a whole when an event can’t be stored', async () => {
  await waiting(now);
  await expectRolledBack(user, 'outbox', ask);
});
