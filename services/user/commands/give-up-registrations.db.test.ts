import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { APPROVAL_GIVEN_UP_AFTER_MS, GIVEN_UP_AFTER_MS } from '../domain/activation';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { giveUpRegistrations } from './give-up-registrations';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const now = new Date('2031-02-03T04:05:06.000Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const without = {
  status: 'inactive',
  credentialsSetAt: null,
  accountOpenedAt: null,
  bankAccount: '40817810099910004312',
} as const;
const unapproved = { status: 'inactive', awaitsApproval: true } as const;
const giveUp = () => giveUpRegistrations(user.at(now));

it.each([
  ['without credentials', without, GIVEN_UP_AFTER_MS],
  ['whom nobody let in', unapproved, APPROVAL_GIVEN_UP_AFTER_MS],
])('gives up people %s, once for two processes', async (_, changes, afterMs) => {
  const late = await user.store({ ...changes, inactiveSince: ago(afterMs) });
  const early = await user.store({ ...changes, inactiveSince: ago(afterMs - 1) });
  await atOnce(user, 'users', [giveUp, giveUp]);
  expect(await giveUp()).toEqual([]);
  expect(await user.eventsAbout(late.id)).toEqual(['UserDeactivated']);
  const gone = { status: 'deactivated', awaitsApproval: false, bankAccount: null, givenUpAt: now };
  expect(await user.read(late.id)).toMatchObject(gone);
  expect(await user.eventsAbout(early.id)).toEqual([]);
});

it('leaves nobody below people who are given up, however they were above each other', async () => {
  const top = await user.store();
  const late = { ...without, inactiveSince: ago(GIVEN_UP_AFTER_MS) };
  const upper = await user.store({ ...late, managerId: top.id });
  const lower = await user.store({ ...late, managerId: upper.id });
  const people = [
    await user.store({ managerId: upper.id }),
    await user.store({ managerId: lower.id }),
  ];
  await giveUp();
  for (const { id } of people) {
    expect(await user.read(id)).toMatchObject({ managerId: top.id, version: 2 });
    expect(await user.eventsAbout(id)).toEqual(['UserUpdated']);
    expect(await user.auditOf(id)).toEqual(['manager.changed']);
  }
});

it('gives nobody up while the clocks disagree', async () => {
  const { id } = await user.store({ ...without, inactiveSince: ago(GIVEN_UP_AFTER_MS) });
  const off = { ...user.at(now), clock: () => ago(60_000) };
  await expect(giveUpRegistrations(off)).rejects.toMatchObject({ id: 'clock-off' });
  expect(await user.read(id)).toMatchObject({ status: 'inactive' });
});

it('is undone as a whole when an event can’t be stored', async () => {
  await user.store({ ...without, inactiveSince: ago(GIVEN_UP_AFTER_MS) });
  await expectRolledBack(user, 'outbox', giveUp);
});
