import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { somePayout, stopClock } from '../../../../test/accounting-factories';
import { http, server } from '../../../../test/server';
import { show } from '../../../../test/show';
import { refuse } from '../../../../test/states';
import type { Payout } from '../queries';
import { MoneyPage } from '../money-page';
import { OwnPayouts } from './own-payouts';

stopClock();

const texts = ['money', 'statement', 'bankAccount'] as const;

async function shown(...payouts: Payout[]) {
  server.use(
    http.get('/api/v1/accounts/me/payouts', ({ response }) =>
      response(200).json({ items: payouts, next: null }),
    ),
  );
  return show(<OwnPayouts />, { texts });
}

it('a refused payout says why, and leads to the bank account', async () => {
  const reason = 'account number is not known';
  await shown(somePayout({ state: 'failed', reason, reasonCode: 'refused' }));
  expect(
    await screen.findByText(/The bank refused it: “account number is not known”/),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Your bank account' })).toHaveAttribute(
    'href',
    '/settings',
  );
});

it('a payout without a bank account leads to where one is entered', async () => {
  await shown(somePayout({ state: 'failed', reasonCode: 'no-bank-account' }));
  expect(await screen.findByText(/There was no bank account to pay to/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Your bank account' })).toBeVisible();
});

it('a paid one names the bank’s reference and its letter, and asks for nothing', async () => {
  const letter = { letterState: 'sent', letterSentAt: '2026-11-25T15:01:00.000Z' } as const;
  await shown(somePayout({ state: 'paid', bankReference: 'SB-000021', ...letter }));
  expect(await screen.findByText(/bank SB-000021/)).toBeVisible();
  expect(screen.getByText(/letter sent/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Your bank account' })).toBeNull();
});

it('while the account service is away, one strip says so for the whole page', async () => {
  const page = (
    <>
      <Away />
      <MoneyPage />
    </>
  );
  await show(page, { texts });
  const strips = () => screen.queryAllByText(/This part of the exchange is away/);
  await waitFor(() => expect(strips()).toHaveLength(1));
  expect(screen.queryByRole('heading', { name: 'Payouts' })).toBeNull();
  expect(screen.getByRole('heading', { level: 1, name: 'Money' })).toBeVisible();
});

/** Refuses the account after `show` has answered it, and before anything asks for it. */
function Away() {
  refuse('get', '/api/v1/accounts/me', 503, 'unavailable');
  refuse('get', '/api/v1/accounts/me/*', 503, 'unavailable');
  return null;
}
