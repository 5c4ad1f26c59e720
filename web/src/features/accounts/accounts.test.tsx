import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { someAccountant, someEntry, stopClock } from '../../../test/accounting-factories';
import { newId, someAccount, usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectForbidden, inRussian, refuse } from '../../../test/states';
import { AccountPage } from './account-page';
import { AccountsPage } from './accounts-page';
import type { Account, Entry } from './queries';

stopClock();

const texts = ['accounts', 'statement'] as const;
const user = someAccountant();
const kea = newId();
const some = (more: Partial<Account> = {}): Account =>
  someAccount({ userId: kea, bankAccount: '40817810099910004312', version: 3, ...more });

/** Answers reads of one account, and keeps each change that was sent. */
function answer(stored: { account: Account; entries: Entry[] }) {
  const sent: { version: string | null; body: unknown }[] = [];
  server.use(
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
    http.get('/api/v1/accounts/{userId}', ({ response }) => response(200).json(stored.account)),
    http.get('/api/v1/accounts/{userId}/entries', ({ response }) =>
      response(200).json({ items: stored.entries, next: null, tasksUnavailable: false }),
    ),
    http.get('/api/v1/accounts/{userId}/days', ({ response }) => response(200).json({ items: [] })),
    http.patch('/api/v1/accounts/{userId}', async ({ request, response }) => {
      sent.push({ version: request.headers.get('if-match'), body: await request.json() });
      return response(200).json(stored.account);
    }),
  );
  return sent;
}

const showAccount = (userId = kea) =>
  show(
    <Routes>
      <Route path="/accounts/:userId" element={<AccountPage />} />
    </Routes>,
    { user, at: `/accounts/${userId}`, texts },
  );

it('a fee says how it came, and is reversed for a reason, under one key', async () => {
  const fee = someEntry({ basis: { price: usd(2_682), rate: '0.5' } });
  const stored = { account: some(), entries: [fee] };
  answer(stored);
  const sent: unknown[] = [];
  server.use(
    http.post('/api/v1/entries/{id}/reverse', async ({ request, params, response }) => {
      sent.push(params.id, await request.json(), request.headers.has('idempotency-key'));
      const reversal = someEntry({
        kind: 'reversal',
        amount: usd(1_341),
        reversesId: fee.id,
        reason: 'dealt by mistake',
        assignmentNumber: null,
      });
      stored.entries = [reversal, { ...fee, reversedById: reversal.id }];
      return response(201).json(reversal);
    }),
  );
  const { keys } = await showAccount();
  expect(
    await screen.findByText(/the task landed, 4th time dealt · 50% of price \$26\.82/),
  ).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Reverse…' }));
  const dialog = await screen.findByRole('dialog');
  const reverse = within(dialog).getByRole('button', { name: 'Reverse −$13.41' });
  expect(reverse).toBeDisabled();
  await keys.type(within(dialog).getByLabelText(/Reason/), 'dealt by mistake');
  await keys.click(reverse);
  expect(await screen.findByText('Reversed: +$13.41 booked')).toBeVisible();
  expect(sent).toEqual([fee.id, { reason: 'dealt by mistake' }, true]);
  await keys.click(await screen.findByRole('button', { name: 'taken back: show by which line' }));
  await waitFor(() => expect(screen.getByRole('row', { name: /Correction/ })).toHaveFocus());
});

it('what was reversed, and what was paid, has no button', async () => {
  const entries = [
    someEntry({ reversedById: newId() }),
    someEntry({ kind: 'payout', payoutId: newId(), taskId: null, task: null }),
  ];
  answer({ account: some(), entries });
  await showAccount();
  expect(await screen.findByRole('link', { name: 'Its payout' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Reverse…' })).toBeNull();
});

it('one’s own account has a sentence instead of buttons', async () => {
  answer({ account: some({ userId: user.id }), entries: [someEntry()] });
  await showAccount(user.id);
  expect(await screen.findByText('Somebody else decides about your own account.')).toBeVisible();
  expect(await screen.findByRole('row', { name: /POPUG-144/ })).toBeVisible();
  for (const name of ['Reverse…', 'Hold payouts…', 'Correct bank account…']) {
    expect(screen.queryByRole('button', { name })).toBeNull();
  }
});

it('payouts are put on hold for a reason, based on the version that was seen', async () => {
  const sent = answer({ account: some(), entries: [] });
  const { keys } = await showAccount();
  await keys.click(await screen.findByRole('button', { name: 'Hold payouts…' }));
  const dialog = await screen.findByRole('dialog');
  await keys.type(within(dialog).getByLabelText(/Reason/), 'asked to wait');
  await keys.click(within(dialog).getByRole('button', { name: 'Hold payouts' }));
  expect(await screen.findByText('Payouts of kea are on hold')).toBeVisible();
  expect(sent).toEqual([{ version: '"3"', body: { payoutsHeld: { reason: 'asked to wait' } } }]);
});

it('a hold that somebody changed meanwhile shows both, and is sent again by hand alone', async () => {
  const stored = { account: some(), entries: [] };
  const sent = answer(stored);
  const { keys } = await showAccount();
  await keys.click(await screen.findByRole('button', { name: 'Hold payouts…' }));
  const dialog = await screen.findByRole('dialog');
  await keys.type(within(dialog).getByLabelText(/Reason/), 'mine');
  stored.account = some({
    version: 4,
    payoutsHeld: { reason: 'theirs', by: newId(), at: '2026-11-26T07:00:00.000Z' },
  });
  const stale = { type: 'stale-version', title: 'Stale', status: 412, requestId: 'r-1' };
  server.use(
    http.untyped.patch('*/api/v1/accounts/*', () => HttpResponse.json(stale, { status: 412 }), {
      once: true,
    }),
  );
  await keys.click(within(dialog).getByRole('button', { name: 'Hold payouts' }));
  const table = await screen.findByRole('table', { name: 'Both versions' });
  await waitFor(() => expect(table).toHaveTextContent('theirs'));
  expect(table).toHaveTextContent('mine');
  expect(sent).toEqual([]);
  await keys.click(screen.getByRole('button', { name: 'Keep mine' }));
  expect(await screen.findByText('Payouts of kea are on hold')).toBeVisible();
  expect(sent).toEqual([{ version: '"4"', body: { payoutsHeld: { reason: 'mine' } } }]);
});

it('the list is filtered by the address; its file has the same filters', async () => {
  const asked: string[] = [];
  server.use(
    http.get('/api/v1/accounts', ({ request, response }) => {
      asked.push(new URL(request.url).search);
      return response(200).json({ items: [some()], next: null });
    }),
  );
  await show(<AccountsPage />, { user, at: '/accounts?filter=below-zero&q=ke', texts });
  const row = await screen.findByRole('row', { name: /kea/ });
  expect(row).toHaveTextContent('−$134.44');
  expect(row).toHaveTextContent('4081 7810 0999 1000 4312');
  expect(within(row).getByRole('link', { name: 'kea' })).toHaveAttribute(
    'href',
    `/accounts/${kea}`,
  );
  expect(asked).toEqual(['?q=ke&filter=below-zero&limit=100']);
  expect(screen.getByRole('link', { name: 'Download CSV' })).toHaveAttribute(
    'href',
    '/api/v1/accounts.csv?locale=en&q=ke&filter=below-zero',
  );
});

it('nobody below zero, and nobody found, are different texts', async () => {
  server.use(
    http.get('/api/v1/accounts', ({ response }) => response(200).json({ items: [], next: null })),
  );
  const { keys } = await show(<AccountsPage />, { user, at: '/accounts?q=x', texts });
  expect(await screen.findByText('Nothing matches these filters.')).toBeVisible();
  await keys.click(screen.getAllByRole('button', { name: 'Clear filters' }).at(-1)!);
  expect(await screen.findByText('No accounts yet')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Below zero' }));
  expect(await screen.findByText('Nobody is below zero')).toBeVisible();
});

it('while the account service is away it tries again by itself', async () => {
  refuse('get', '/api/v1/accounts', 503, 'unavailable');
  await show(<AccountsPage />, { user, at: '/accounts', texts });
  await expectAway('Accounts');
});

it('is closed to those who may not see all accounts', async () => {
  await expectForbidden(<AccountsPage />, 'accounting.view-all', texts);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer({
      account: some(),
      entries: [someEntry({ basis: { price: usd(2_682), rate: '0.5' } })],
    });
    await showAccount();
    expect(await screen.findByText(/4-я раздача · 50\s%\sцены 26,82\s\$/)).toBeVisible();
  });
});
