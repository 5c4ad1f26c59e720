import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import {
  answerClosing,
  answerPayouts,
  someAccountant,
  someFailedPayout,
  someOpenDay,
  somePayout,
  stopClock,
} from '../../../test/accounting-factories';
import { newId, someAccount } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import { FailedBadge } from './failed-badge';
import { needsYou } from './parts/use-needs-you';
import { PayoutsPage } from './payouts-page';
import type { Payout } from './queries';

stopClock();

const texts = ['payouts'] as const;
const user = someAccountant();
const page = { user, at: '/payouts', texts };
const NOW = Date.parse('2026-11-26T08:00:00.000Z');

function answer(payouts: Payout[]): URLSearchParams[] {
  answerClosing({ ...someOpenDay(), payouts: { planned: 1 } });
  return answerPayouts({ payouts });
}

it('opens on what needs a person, with why', async () => {
  const asked = answer([someFailedPayout(), somePayout({ bankReference: 'SB-000021' })]);
  await show(<PayoutsPage />, page);
  expect(await screen.findByText(/account number is not known/)).toBeVisible();
  expect(screen.queryByText(/SB-000021/)).toBeNull();
  expect(await screen.findByRole('button', { name: 'Needs you 1' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'All 2' })).toBeVisible();
  expect(asked[0]!.getAll('state')).toEqual(['failed', 'needs_review', 'unknown', 'returned']);
});

it('needs a person: failed, to review, long without an answer, sent back since the closing', () => {
  const closedAt = '2026-11-25T15:00:00.000Z';
  const is = (more: Partial<Payout>): boolean => needsYou(somePayout(more), NOW, closedAt);
  const sentAt = (at: string) => ({
    state: 'unknown' as const,
    attempts: [{ at, outcome: null, reason: null }],
  });
  const backAt = (at: string) => ({
    state: 'returned' as const,
    timeline: [
      { at, kind: 'returned' as const, attempt: null, bankAccount: null, by: null, reason: null },
    ],
  });
  expect(is({ state: 'failed' })).toBe(true);
  expect(is({ state: 'needs_review' })).toBe(true);
  expect(is(sentAt('2026-11-26T07:46:00.000Z'))).toBe(false);
  expect(is(sentAt('2026-11-26T07:44:00.000Z'))).toBe(true);
  const filed = { reasonCode: 'waits-for-operator' as const };
  expect(is({ ...sentAt('2026-11-25T15:44:00.000Z'), ...filed })).toBe(false);
  expect(is(backAt('2026-11-26T07:00:00.000Z'))).toBe(true);
  expect(is(backAt('2026-11-25T14:00:00.000Z'))).toBe(false);
  expect(is({ state: 'paid' })).toBe(false);
});

it('tabs, day and person are in the address; the file has the same filters', async () => {
  const kea = newId();
  const asked = answer([somePayout({ userId: kea })]);
  server.use(
    http.get('/api/v1/people', ({ response }) =>
      response(200).json({
        items: [{ id: kea, nickname: 'kea', role: 'employee', status: 'active' }],
        next: null,
      }),
    ),
  );
  const { keys } = await show(<PayoutsPage />, {
    ...page,
    at: `/payouts?tab=paid&day=2026-11-25&person=${kea}`,
  });
  expect(await screen.findByRole('row', { name: /kea/ })).toBeVisible();
  expect(String(asked.at(-1))).toContain(`day=2026-11-25&userId=${kea}&state=paid`);
  expect(screen.getByRole('link', { name: 'Download CSV' })).toHaveAttribute(
    'href',
    `/api/v1/payouts.csv?locale=en&day=2026-11-25&userId=${kea}&state=paid`,
  );
  await keys.click(screen.getByRole('button', { name: /Remove the filter “Person: kea”/ }));
  expect(screen.getByTestId('address')).toHaveTextContent('/payouts?tab=paid&day=2026-11-25');
});

it('a retry in a row shows the bank account of now, and is sent under one key', async () => {
  const kea = newId();
  const failed = someFailedPayout({ userId: kea });
  answer([failed]);
  const keysOfRequests: (string | null)[] = [];
  server.use(
    http.get('/api/v1/accounts/{userId}', ({ response }) =>
      response(200).json(someAccount({ userId: kea, bankAccount: '40817810099910004312' })),
    ),
    http.post('/api/v1/payouts/{id}/retry', ({ request, response }) => {
      keysOfRequests.push(request.headers.get('idempotency-key'));
      return response(200).json({ ...failed, state: 'planned' });
    }),
  );
  const { keys } = await show(<PayoutsPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Retry…' }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText(/bank account of now: •••• 4312/)).toBeVisible();
  await keys.click(within(dialog).getByRole('button', { name: 'Retry' }));
  expect(await screen.findByText(/^Tried again: \$13\.84/)).toBeVisible();
  expect(keysOfRequests).toEqual([expect.any(String)]);
});

it('one’s own payout has no button in its row', async () => {
  answer([someFailedPayout({ userId: user.id })]);
  await show(<PayoutsPage />, page);
  expect(await screen.findByText(/account number is not known/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Retry…' })).toBeNull();
});

it('nothing that needs a person, and nothing that matches, are different texts', async () => {
  answer([]);
  const { keys } = await show(<PayoutsPage />, page);
  expect(await screen.findByText('Nothing needs you')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: /^Paid/ }));
  expect(await screen.findByText('No payouts in this state')).toBeVisible();
});

it('no match offers to clear the filters', async () => {
  answer([]);
  const { keys } = await show(<PayoutsPage />, { ...page, at: '/payouts?day=2026-11-01' });
  expect(await screen.findByText('Nothing matches these filters.')).toBeVisible();
  await keys.click(screen.getAllByRole('button', { name: 'Clear filters' }).at(-1)!);
  expect(await screen.findByText('Nothing needs you')).toBeVisible();
});

it('a failure says why', async () => {
  answer([]);
  refuse('get', '/api/v1/payouts', 500, 'internal-error');
  await show(<PayoutsPage />, page);
  await expectError();
});

it('while the account service is away it tries again by itself', async () => {
  answer([]);
  refuse('get', '/api/v1/payouts', 503, 'unavailable');
  await show(<PayoutsPage />, page);
  await expectAway('Payouts');
});

it('is closed to those who may not manage payouts', async () => {
  await expectForbidden(<PayoutsPage />, 'payouts.manage', texts);
});

it('the badge of the menu says how many have failed, in a number and in words', async () => {
  answer([someFailedPayout(), someFailedPayout(), somePayout()]);
  await show(<FailedBadge />, page);
  expect(await screen.findByText('2')).toBeVisible();
  expect(screen.getByText('2 failed payouts')).toHaveClass('visually-hidden');
});

it('there is no badge while nothing has failed', async () => {
  answer([somePayout()]);
  const { container } = await show(<FailedBadge />, page);
  await waitFor(() => expect(container).not.toHaveTextContent('failed'));
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer([someFailedPayout()]);
    await show(<PayoutsPage />, page);
    expect(await screen.findByRole('button', { name: 'Требуют внимания 1' })).toBeVisible();
    expect(screen.getByText(/банк отказал: account number is not known/)).toBeVisible();
  });
});
