import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import {
  answerClosing,
  answerPayouts,
  someAccountant,
  someDay,
  someFailedPayout,
  someOpenDay,
  stopClock,
} from '../../../test/accounting-factories';
import { usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import { DaysPage } from './days-page';
import type { BusinessDay, Payout } from './queries';

stopClock();

const texts = ['payouts'] as const;
const page = { user: someAccountant(), at: '/days', texts };
const open = someOpenDay({ fees: usd(2_557), rewards: usd(0), earned: usd(2_557) });
const preview = {
  ...open,
  payouts: { planned: 26 },
  payoutTotal: usd(131_455),
  carried: { count: 16, amount: usd(-120_411) },
  held: { count: 1, amount: usd(5_685) },
};
const address = (): string | null => screen.getByTestId('address').textContent;

function answer(days: BusinessDay[], payouts: Payout[] = []): void {
  answerPayouts({ payouts });
  server.use(
    http.get('/api/v1/business-days', ({ response }) =>
      response(200).json({ items: days, next: null }),
    ),
  );
}

it('earned is shown as fees − rewards ± corrections, as the server says them', async () => {
  answer([open, someDay({ returned: usd(724) })]);
  answerClosing(preview);
  await show(<DaysPage />, page);
  const row = await screen.findByRole('row', { name: /25 Nov/ });
  const cells = within(row).getAllByRole('cell');
  expect(cells.map(({ textContent }) => textContent)).toEqual([
    'Wed 25 Nov',
    expect.stringContaining('Closed by itself'),
    '+$1,188.85',
    '−$346.29',
    '−$10.00',
    '$832.56$7.24 returned',
    '✕ 1 failed… 1 being sent✓ 24 paid',
  ]);
  expect(screen.getByRole('link', { name: 'Download CSV' })).toHaveAttribute(
    'href',
    '/api/v1/business-days.csv?locale=en',
  );
});

it('warns before the cut-off: what failed and who is on hold, with the sums', async () => {
  answer([open], [someFailedPayout(), someFailedPayout({ amount: usd(2_317) })]);
  const asked = answerClosing(preview);
  await show(<DaysPage />, page);
  expect(await screen.findByText('Before the cut-off, Thu 18:00')).toBeVisible();
  expect(screen.getByText('· in 7 h 0 min')).toBeVisible();
  expect(await screen.findByText('2 payouts · $37.01')).toBeVisible();
  expect(screen.getByText('1 person · $56.85')).toBeVisible();
  expect(screen.getByText('26 payouts · $1,314.55')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Show who is on hold' })).toHaveAttribute(
    'href',
    '/accounts?filter=held',
  );
  expect(asked).toEqual(['2026-11-26?dryRun=true']);
});

it('closing: figures first, the day typed, and shown as done by the answer alone', async () => {
  let days = [open];
  answer(days);
  const asked = answerClosing(preview, () => {
    days = [someDay({ day: open.day })];
    return days[0]!;
  });
  const { keys } = await show(<DaysPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Preview closing' }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('26 payouts, in all')).toBeVisible();
  expect(within(dialog).getByText('−$1,204.11')).toBeVisible();
  expect(within(dialog).getByText('1 person on hold, not paid')).toBeVisible();
  const close = within(dialog).getByRole('button', { name: 'Close 26 Nov now' });
  expect(close).toBeDisabled();
  await keys.type(within(dialog).getByLabelText('Type 2026-11-26 to confirm'), '2026-11-25');
  expect(close).toBeDisabled();
  await keys.clear(within(dialog).getByLabelText('Type 2026-11-26 to confirm'));
  await keys.type(within(dialog).getByLabelText('Type 2026-11-26 to confirm'), '2026-11-26');
  expect(asked).toEqual(['2026-11-26?dryRun=true']);
  await keys.click(close);
  expect(await screen.findByText('26 Nov is closed')).toBeVisible();
  expect(asked.filter((each) => !each.endsWith('?dryRun=true'))).toEqual(['2026-11-26']);
  await waitFor(() => expect(address()).toBe('/days/2026-11-26'));
});

it('a day that has not begun says when it begins, and is not previewed in vain', async () => {
  answer([someOpenDay({ day: '2026-11-27', cutOffAt: '2026-11-27T15:00:00.000Z' })]);
  let asked = 0;
  server.use(
    http.untyped.post('*/close', () => {
      asked += 1;
      const body = { type: 'business-day-not-begun', title: 'x', status: 409 };
      return HttpResponse.json(body, { status: 409 });
    }),
  );
  const { keys } = await show(<DaysPage />, page);
  const sentence = /has not begun: it begins on 26 Nov at 18:00 Moscow/;
  expect(await screen.findByText(sentence)).toBeVisible();
  expect(asked).toBe(0);
  await keys.click(screen.getByRole('button', { name: 'Preview closing' }));
  expect(await within(await screen.findByRole('dialog')).findByText(sentence)).toBeVisible();
  expect(asked).toBe(1);
});

it('before the first closing it says when that is', async () => {
  answer([open]);
  answerClosing(preview);
  await show(<DaysPage />, page);
  expect(await screen.findByText('No business day is closed yet')).toBeVisible();
  expect(screen.getByText('The first business day ends tonight at 18:00.')).toBeVisible();
});

it('a failure says why; while the account service is away it tries again', async () => {
  refuse('get', '/api/v1/business-days', 500, 'internal-error');
  await show(<DaysPage />, page);
  await expectError();
});

it('while the account service is away it tries again by itself', async () => {
  refuse('get', '/api/v1/business-days', 503, 'unavailable');
  await show(<DaysPage />, page);
  await expectAway('Business days');
});

it('is closed to those who may not manage payouts', async () => {
  await expectForbidden(<DaysPage />, 'payouts.manage', texts);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer([open, someDay()]);
    answerClosing(preview);
    await show(<DaysPage />, page);
    expect(await screen.findByRole('heading', { name: 'Бизнес-дни' })).toBeVisible();
    expect(await screen.findByText('1 человек · 56,85 $')).toBeVisible();
    expect(screen.getByText('отклонено банком: 1')).toBeVisible();
  });
});
