import { screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import {
  someAccountant,
  someFailedPayout,
  somePayout,
  stopClock,
} from '../../../test/accounting-factories';
import { someAccount } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, inRussian, refuse } from '../../../test/states';
import { PayoutPage } from './payout-page';
import type { Payout } from './queries';

stopClock();

const user = someAccountant();

function answer(stored: { payout: Payout }, account = someAccount({ bankAccount: '•••• 4312' })) {
  server.use(
    http.get('/api/v1/payouts/{id}', ({ response }) => response(200).json(stored.payout)),
    http.get('/api/v1/accounts/{userId}', ({ response }) => response(200).json(account)),
    http.get('/api/v1/people', ({ request, response }) => {
      const ids = new URL(request.url).searchParams.get('ids')!.split(',');
      const items = ids.map((id) => ({
        id,
        nickname: id === user.id ? 'grey' : 'kea',
        role: 'employee' as const,
        status: 'active' as const,
      }));
      return response(200).json({ items, next: null });
    }),
  );
}

const showPayout = ({ id }: Payout) =>
  show(
    <Routes>
      <Route path="/payouts/:id" element={<PayoutPage />} />
    </Routes>,
    { user, at: `/payouts/${id}`, texts: ['payouts'] },
  );

const event = { attempt: null, bankAccount: null, by: null, reason: null };

it('tells what happened: attempts with their accounts, answers, who retried, letters', async () => {
  const payout = somePayout({
    bankReference: 'SB-000027',
    letterState: 'sent',
    timeline: [
      { ...event, at: '2026-11-25T15:00:02.000Z', kind: 'planned' },
      {
        ...event,
        at: '2026-11-25T15:00:03.000Z',
        kind: 'attempt',
        attempt: 1,
        bankAccount: '•••• 0011',
      },
      {
        ...event,
        at: '2026-11-25T15:00:04.000Z',
        kind: 'refused',
        attempt: 1,
        reason: 'account number is not known',
      },
      { ...event, at: '2026-11-25T15:00:05.000Z', kind: 'letter-sent', attempt: 1 },
      { ...event, at: '2026-11-26T06:00:00.000Z', kind: 'retried', by: user.id },
      { ...event, at: '2026-11-26T06:00:01.000Z', kind: 'paid', attempt: 2 },
    ],
  });
  answer({ payout });
  await showPayout(payout);
  expect(await screen.findByRole('heading', { level: 1, name: 'Payout to kea' })).toBeVisible();
  const steps = within(screen.getByRole('list')).getAllByRole('listitem');
  await waitFor(() =>
    expect(steps.map((step) => step.querySelector('p')!.textContent)).toEqual([
      'Planned',
      'Attempt 1 to •••• 0011',
      'Refused “account number is not known”',
      'Letter sent',
      'Retry by grey',
      'Paid, bank SB-000027',
    ]),
  );
  expect(screen.queryByRole('button')).toBeNull();
});

it('retry is one press, names the account of now, and is never shown as done before', async () => {
  const stored = { payout: someFailedPayout() };
  answer(stored);
  let answerIt = (): void => undefined;
  server.use(
    http.post('/api/v1/payouts/{id}/retry', async ({ response }) => {
      await new Promise<void>((resolve) => (answerIt = resolve));
      stored.payout = { ...stored.payout, state: 'planned', reasonCode: null, reason: null };
      return response(200).json(stored.payout);
    }),
  );
  const { keys } = await showPayout(stored.payout);
  const retry = await screen.findByRole('button', { name: 'Retry to •••• 4312' });
  await keys.click(retry);
  expect(screen.getByText('Failed', { exact: false })).toBeVisible();
  expect(screen.queryByText(/Tried again/)).toBeNull();
  answerIt();
  expect(await screen.findByText(/Tried again: \$13\.84 to kea/)).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('button', { name: /Retry to/ })).toBeNull());
});

it('a payout that has moved on is read again and says what it is', async () => {
  const stored = { payout: someFailedPayout() };
  answer(stored);
  const { keys } = await showPayout(stored.payout);
  const retry = await screen.findByRole('button', { name: 'Retry to •••• 4312' });
  stored.payout = { ...stored.payout, state: 'paid', reasonCode: null, reason: null };
  refuse('post', '/retry', 409, 'payout-state');
  await keys.click(retry);
  expect(await screen.findByText('It is paid already.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /Retry to/ })).toBeNull();
});

it('cancel asks first: the amount is owed again at the next closing', async () => {
  const stored = { payout: someFailedPayout() };
  answer(stored);
  let cancelled = 0;
  server.use(
    http.post('/api/v1/payouts/{id}/cancel', ({ response }) => {
      cancelled += 1;
      stored.payout = { ...stored.payout, state: 'cancelled', reasonCode: null };
      return response(200).json(stored.payout);
    }),
  );
  const { keys } = await showPayout(stored.payout);
  await keys.click(await screen.findByRole('button', { name: 'Cancel payout…' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(/\$13\.84 is owed again at the next closing/)).toBeVisible();
  expect(cancelled).toBe(0);
  await keys.click(within(dialog).getByRole('button', { name: 'Cancel payout' }));
  expect(await screen.findByText('Cancelled: $13.84 is owed again')).toBeVisible();
  expect(cancelled).toBe(1);
});

it('resolve needs an outcome, a reason, and the bank’s reference for a paid one', async () => {
  const stored = { payout: somePayout({ state: 'needs_review', reasonCode: 'no-clear-answer' }) };
  answer(stored);
  const bodies: unknown[] = [];
  refuse('post', '/resolve', 409, 'reference-used');
  const { keys } = await showPayout(stored.payout);
  await keys.click(await screen.findByRole('button', { name: 'Resolve…' }));
  const dialog = await screen.findByRole('dialog');
  const resolve = within(dialog).getByRole('button', { name: 'Resolve' });
  await keys.type(within(dialog).getByLabelText(/^Reason/), 'seen in the statement');
  await keys.click(within(dialog).getByLabelText('The bank paid it'));
  expect(resolve).toBeDisabled();
  await keys.type(within(dialog).getByLabelText(/^Bank reference/), 'SB-000031');
  await keys.click(resolve);
  expect(
    await within(dialog).findByText('This bank reference belongs to another payout.'),
  ).toBeVisible();
  server.use(
    http.post('/api/v1/payouts/{id}/resolve', async ({ request, response }) => {
      bodies.push(await request.json());
      return response(200).json(stored.payout);
    }),
  );
  await keys.click(resolve);
  expect(await screen.findByText('Resolved')).toBeVisible();
  expect(bodies).toEqual([
    { outcome: 'paid', reason: 'seen in the statement', bankReference: 'SB-000031' },
  ]);
});

it('about one’s own payout somebody else decides', async () => {
  const payout = someFailedPayout({ userId: user.id });
  answer({ payout });
  await showPayout(payout);
  expect(await screen.findByText('Somebody else decides about your own payouts.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /Retry|Cancel/ })).toBeNull();
});

it('an account on hold, or without a number, says why nothing can be retried', async () => {
  const payout = someFailedPayout();
  const hold = { reason: 'contract under dispute', by: user.id, at: '2026-11-20T08:00:00.000Z' };
  answer({ payout }, someAccount({ payoutsHeld: hold }));
  await showPayout(payout);
  expect(await screen.findByText(/on hold: “contract under dispute”/)).toBeVisible();
  expect(screen.getByRole('button', { name: /^Retry/ })).toBeDisabled();
});

it('a failure says why; an unknown payout is not there', async () => {
  const payout = someFailedPayout();
  refuse('get', `/api/v1/payouts/${payout.id}`, 500, 'internal-error');
  await showPayout(payout);
  await expectError();
});

it('while the account service is away it tries again by itself', async () => {
  const payout = someFailedPayout();
  refuse('get', `/api/v1/payouts/${payout.id}`, 503, 'unavailable');
  await showPayout(payout);
  await expectAway('Payout');
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    const payout = someFailedPayout();
    answer({ payout });
    await showPayout(payout);
    expect(await screen.findByRole('button', { name: 'Повторить на •••• 4312' })).toBeVisible();
    expect(screen.getByText('Запланирована')).toBeVisible();
  });
});
