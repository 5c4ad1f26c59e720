import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someEntry, somePayout, stopClock } from '../../../test/accounting-factories';
import { someTask, usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { inRussian } from '../../../test/states';
import type { Schemas } from '../../api/client';
import { MoneyPage } from './money-page';
import type { Account, Payout } from './queries';

stopClock();

const texts = ['money', 'statement', 'bankAccount'] as const;
const openDay = {
  day: '2026-11-26',
  from: '2026-11-25T15:00:00.000Z',
  cutOffAt: '2026-11-26T15:00:00.000Z',
};
const day: Schemas['StatementDay'] = {
  ...{ ...openDay, state: 'open', opening: usd(-10_887), fees: usd(-1_341), rewards: usd(0) },
  ...{ corrections: usd(0), returned: usd(0), payoutId: null, paid: usd(0) },
  ...{ closing: usd(-12_228), carriedBecause: null },
};
const fee = someEntry({
  day: openDay.day,
  at: '2026-11-26T08:18:00.000Z',
  amount: usd(-1_341),
  balanceAfter: usd(-12_228),
  basis: { price: usd(2_682), rate: '0.5' },
});

async function opened({
  account = {},
  entries = [fee],
  payouts = [],
  tasks = [],
  at = '/money',
}: {
  account?: Partial<Account>;
  entries?: Schemas['Entry'][];
  payouts?: Payout[];
  tasks?: Schemas['Task'][];
  at?: string;
}) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/v1/accounts/me/days', ({ response }) => response(200).json({ items: [day] })),
    http.get('/api/v1/accounts/me/entries', ({ request, response }) => {
      asked.push(new URL(request.url).searchParams);
      return response(200).json({ items: entries, next: null, tasksUnavailable: false });
    }),
    http.get('/api/v1/accounts/me/payouts', ({ response }) =>
      response(200).json({ items: payouts, next: null }),
    ),
    http.get('/api/v1/tasks', ({ response }) => response(200).json({ items: tasks, next: null })),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
  );
  const shown = await show(<MoneyPage />, { at, texts, account: { openDay, ...account } });
  return { ...shown, asked };
}

it('a line says what it is, why, and what the balance was after it', async () => {
  await opened({ account: { balance: usd(-12_228), forecast: usd(0) } });
  const line = await screen.findByRole('row', { name: /Fee/ });
  expect(
    within(line).getByText(/landed on you, 4th time dealt · 50% of price \$26\.82/),
  ).toBeVisible();
  expect(within(line).getByText('−$13.41')).toBeVisible();
  expect(within(line).getByText('−$122.28')).toBeVisible();
  const head = screen.getByRole('row', { name: /Business day Thu 26 Nov/ });
  expect(
    within(head).getByText(/began with −\$108\.87 · fees −\$13\.41 · rewards \$0\.00/),
  ).toBeVisible();
  expect(await screen.findByText(/Nothing tonight: \$122\.28 below zero/)).toBeVisible();
});

it('below zero, the open tasks say what they would bring', async () => {
  const tasks = [someTask({ reward: usd(2_682) }), someTask({ reward: usd(2_431) })];
  await opened({ account: { balance: usd(-13_444), forecast: usd(0) }, tasks });
  expect(await screen.findByText(/Your 2 open tasks would bring \$51\.13/)).toBeVisible();
});

it('tonight is explained by a press, and where it goes to', async () => {
  const { keys } = await opened({
    account: {
      balance: usd(5_000),
      underWay: usd(3_000),
      forecast: usd(2_000),
      bankAccount: '40817810099910004312',
    },
  });
  await keys.click(await screen.findByText('How it comes about'));
  expect(
    screen.getByText('Balance $50.00, less what is promised already $30.00: $20.00.'),
  ).toBeVisible();
  expect(screen.getByText(/To •••• 4312, if nothing more happens until/)).toBeVisible();
});

it('a kind is asked for by the address, and the balance says that it counts all lines', async () => {
  const { keys, asked } = await opened({});
  await screen.findByRole('row', { name: /Fee/ });
  await keys.selectOptions(screen.getByLabelText('Kind'), 'Reward');
  expect(screen.getByTestId('address')).toHaveTextContent('/money?kind=reward');
  expect(await screen.findByText('Balance after (all lines)')).toBeVisible();
  expect(asked.at(-1)?.getAll('kind')).toEqual(['reward']);
  const [statement] = screen.getAllByRole('link', { name: 'Download CSV' });
  expect(statement).toHaveAttribute('href', expect.stringContaining('kind=reward'));
});

it('a payout that the bank is slow with is neither lost nor paid twice', async () => {
  await opened({ payouts: [somePayout({ state: 'unknown' })] });
  expect(
    await screen.findByText(/Being sent: the bank is slow. It is not lost and can’t be paid twice/),
  ).toBeVisible();
});

it('the bank account is masked until it is asked for', async () => {
  const { keys } = await opened({ account: { bankAccount: '40817810099910004312' } });
  expect(await screen.findByText('•••• 4312')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Show' }));
  expect(screen.getByText('4081 7810 0999 1000 4312')).toBeVisible();
});

it('without lines it says when the first one comes', async () => {
  await opened({ entries: [] });
  expect(await screen.findByText('No lines yet')).toBeVisible();
  expect(screen.getByText('The first fee appears when a task lands on you.')).toBeVisible();
});

it('speaks Russian', () =>
  inRussian(async () => {
    await opened({});
    expect(
      await screen.findByText(/задача досталась вам, 4-я раздача · 50\s%\sцены 26,82\s\$/),
    ).toBeVisible();
  }));
