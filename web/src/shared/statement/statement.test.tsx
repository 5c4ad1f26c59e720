import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someEntry, somePayout, stopClock } from '../../../test/accounting-factories';
import { newId, usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { useAddress } from '../../lib/address';
import type { Entry, Payout, StatementDay } from './queries';
import { FIELDS, Statement } from './statement';

stopClock();

const texts = ['statement'] as const;
const payoutId = newId();
const paid = someEntry({
  kind: 'payout',
  day: '2026-11-26',
  amount: usd(-724),
  payoutId,
  taskId: null,
  task: null,
  assignmentNumber: null,
});
const someDay = (day: string, more: Partial<StatementDay> = {}): StatementDay => ({
  day,
  state: 'closed',
  from: `${day}T00:00:00.000Z`,
  cutOffAt: `${day}T15:00:00.000Z`,
  opening: usd(0),
  fees: usd(0),
  rewards: usd(0),
  corrections: usd(0),
  returned: usd(0),
  payoutId: null,
  paid: usd(0),
  closing: usd(0),
  carriedBecause: null,
  ...more,
});
/** The payout was planned when one day was closed, and booked on the next. */
const DAYS = [someDay('2026-11-26'), someDay('2026-11-24', { payoutId })];

function OfMine({ payouts, openDay }: { payouts: Payout[]; openDay: string | null }) {
  const address = useAddress(FIELDS);
  return <Statement holder="me" emptyWhy="" {...{ openDay, address }} payouts={payouts} />;
}

async function shown({
  entries = [paid],
  days = DAYS,
  payouts = [],
  at = '/money',
  openDay = '2026-11-26',
}: {
  entries?: Entry[];
  days?: StatementDay[];
  payouts?: Payout[];
  at?: string;
  openDay?: string | null;
} = {}) {
  const asked: string[] = [];
  server.use(
    http.get('/api/v1/accounts/me/entries', ({ request, response }) => {
      asked.push(new URL(request.url).search);
      return response(200).json({ items: entries, next: null, tasksUnavailable: false });
    }),
    http.get('/api/v1/accounts/me/days', ({ response }) => response(200).json({ items: days })),
  );
  const { keys } = await show(<OfMine {...{ payouts, openDay }} />, { at, texts });
  return { asked, keys };
}

it('a payout names the day that it pays, not the one when it was paid', async () => {
  await shown();
  expect(await screen.findByText('for business day 24 Nov')).toBeVisible();
});

it('a known payout names its bank account and the bank’s reference, too', async () => {
  const event = { at: '2026-11-24T15:00:00.000Z', by: null, reason: null };
  const attempt = { ...event, kind: 'attempt' as const, attempt: 1, bankAccount: '••••••••0011' };
  const bankReference = 'SB-000021';
  const known = { id: payoutId, day: '2026-11-24', timeline: [attempt], bankReference };
  await shown({ payouts: [somePayout(known)] });
  expect(
    await screen.findByText('for business day 24 Nov, to •••• 0011 · SB-000021'),
  ).toBeVisible();
});

it('a payout of a day before the range says no more than is known', async () => {
  await shown({ days: [someDay('2026-11-26')] });
  expect(await screen.findByText('for an earlier business day')).toBeVisible();
});

it('lines of one kind stand below their days, without what was carried over', async () => {
  const days = [...DAYS, someDay('2026-11-25', { carriedBecause: 'below-zero' })];
  await shown({ days, at: '/money?kind=payout' });
  expect(await screen.findByText('Business day Thu 26 Nov')).toBeVisible();
  expect(screen.queryByText(/Carried over/)).toBeNull();
});

it('waits for no other answer: the server knows which days are shown', async () => {
  const { asked } = await shown({ openDay: null });
  expect(await screen.findByText('for business day 24 Nov')).toBeVisible();
  expect(asked).toEqual(['?limit=100']);
  expect(screen.getByLabelText('From')).toHaveValue('');
});

it('a range that ends before it begins is told beside its field, and not asked for', async () => {
  const { asked } = await shown();
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.getByLabelText('From')).toHaveValue('2026-10-28');
  fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-20' } });
  await waitFor(() => expect(asked).toHaveLength(2));
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-21' } });
  expect(await screen.findByText('The beginning is after the end')).toBeVisible();
  expect(asked).toEqual(['?limit=100', '?to=2026-11-20&limit=100']);
  expect(screen.queryByText('Loading')).toBeNull();
});

it('a reversal names the line that it takes back, and leads to it', async () => {
  const fee = someEntry({ day: '2026-11-24' });
  const reversal = someEntry({
    kind: 'reversal',
    amount: usd(1_341),
    reversesId: fee.id,
    assignmentNumber: null,
  });
  const { keys } = await shown({ entries: [reversal, { ...fee, reversedById: reversal.id }] });
  const line = await screen.findByRole('row', { name: /Correction/ });
  expect(within(line).getByText('takes back the fee of 24 Nov')).toBeVisible();
  await keys.click(within(line).getByRole('button', { name: 'show the line that it takes back' }));
  await waitFor(() => expect(screen.getByRole('row', { name: /Fee/ })).toHaveFocus());
});

it('a line that the filters hide is told of', async () => {
  const reversal = someEntry({ kind: 'reversal', reversesId: newId(), assignmentNumber: null });
  const { keys } = await shown({ entries: [reversal] });
  await keys.click(await screen.findByRole('button', { name: 'show the line that it takes back' }));
  expect(await screen.findByText(/That line is of an earlier day/)).toBeVisible();
});
