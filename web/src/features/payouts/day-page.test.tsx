import { screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import {
  answerPayouts,
  someAccountant,
  someDay,
  someFailedPayout,
  someOpenDay,
  somePayout,
  stopClock,
} from '../../../test/accounting-factories';
import { usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, hint, inRussian, refuse } from '../../../test/states';
import { DayPage } from './day-page';
import type { BusinessDay, Payout } from './queries';

stopClock();

interface Stored {
  day: BusinessDay;
  payouts: Payout[];
}

function answer(stored: Stored): URLSearchParams[] {
  const asked = answerPayouts(stored);
  server.use(
    http.get('/api/v1/business-days/{day}', ({ response }) => response(200).json(stored.day)),
  );
  return asked;
}

const showDay = (day: string, search = '') =>
  show(
    <Routes>
      <Route path="/days/:day" element={<DayPage />} />
    </Routes>,
    { user: someAccountant(), at: `/days/${day}${search}`, texts: ['payouts'] },
  );

const failed = someFailedPayout();
const sent = somePayout({ state: 'transferring', userId: null, amount: usd(84_256) });
const paid = somePayout({ bankReference: 'SB-000021', amount: usd(724) });
const some = (): Stored => ({
  day: someDay({ payouts: { failed: 1, transferring: 1, paid: 1 } }),
  payouts: [failed, sent, paid],
});

it('shows figures, payouts by tabs, and how far the evening is', async () => {
  const stored = some();
  answer(stored);
  const { keys } = await showDay(stored.day.day);
  expect(await screen.findByText('Payouts in all')).toBeVisible();
  expect(screen.getByText('$1,314.55')).toBeVisible();
  expect(screen.getByText('16 people ·', { exact: false })).toHaveTextContent('−$1,204.11');
  expect(screen.getByRole('progressbar', { name: 'Payouts of the day' })).toHaveAttribute(
    'aria-valuetext',
    '1 of 3 settled',
  );
  expect(await screen.findByRole('row', { name: /Company/ })).toHaveTextContent('Being sent');
  await keys.click(await screen.findByRole('button', { name: 'Needs you 1' }));
  expect(await screen.findByText(/refused by the bank: account number is not known/)).toBeVisible();
  await waitFor(() => expect(screen.queryByText('$7.24')).toBeNull());
  expect(screen.getByTestId('address')).toHaveTextContent('/days/2026-11-25?tab=needs-you');
});

it('retries all failed ones by one press, under one key, and says how many', async () => {
  const stored = some();
  stored.day = someDay({ payouts: { failed: 3, paid: 1 } });
  answer(stored);
  const bodies: unknown[] = [];
  server.use(
    http.post('/api/v1/payouts/retry', async ({ request, response }) => {
      bodies.push(await request.json(), request.headers.get('idempotency-key') !== null);
      return response(200).json({ count: 2 });
    }),
  );
  const { keys } = await showDay(stored.day.day);
  await keys.click(await screen.findByRole('button', { name: 'Retry 3 failed' }));
  expect(await screen.findByText(/2 payouts are tried again\. Payouts on hold/)).toBeVisible();
  expect(bodies).toEqual([{ day: '2026-11-25' }, true]);
});

it('says since when the bank is silent, and that all is settled when it answers', async () => {
  const stored: Stored = {
    day: someDay({ payouts: { unknown: 2 } }),
    payouts: [somePayout({ state: 'unknown' }), somePayout({ state: 'unknown' })],
  };
  answer(stored);
  let isFailing = true;
  server.use(
    http.get('/api/v1/payouts/bank', ({ response }) =>
      response(200).json(
        isFailing
          ? { state: 'failing', since: '2026-11-26T07:50:00.000Z', waiting: 2 }
          : { state: 'ok', since: null, waiting: 0 },
      ),
    ),
    http.post('/api/v1/payouts/retry', ({ response }) => response(200).json({ count: 0 })),
  );
  await showDay(stored.day.day);
  expect(await screen.findByText(/2 payouts wait; nothing is lost/)).toBeVisible();
  isFailing = false;
  stored.day = someDay({ payouts: { paid: 1, failed: 1 } });
  hint('payout');
  expect(await screen.findByText(/All 2 payouts settled/)).toBeVisible();
});

it('an open day has no payouts yet, and its closing can be previewed', async () => {
  answer({ day: someOpenDay(), payouts: [] });
  await showDay('2026-11-26');
  expect(await screen.findByText('Payouts are planned when the day is closed.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Preview closing' })).toBeVisible();
});

it('a day on which nobody was owed anything says so', async () => {
  answer({ day: someDay({ payouts: {} }), payouts: [] });
  await showDay('2026-11-25');
  expect(await screen.findByText(/Nobody was owed anything/)).toBeVisible();
});

it('an unknown day is not there; while the account service is away it tries again', async () => {
  refuse('get', '/api/v1/business-days/2020-01-01', 404, 'not-found');
  await showDay('2020-01-01');
  expect(await screen.findByText(/This is not there/)).toBeVisible();
});

it('while the account service is away it tries again by itself', async () => {
  refuse('get', '/api/v1/business-days/2026-11-25', 503, 'unavailable');
  await showDay('2026-11-25');
  await expectAway('Day');
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    const stored = some();
    answer(stored);
    await showDay(stored.day.day);
    expect(await screen.findByRole('button', { name: 'Повторить 1 отклонённую' })).toBeVisible();
    expect(await screen.findByText('16 человек ·', { exact: false })).toBeVisible();
  });
});
