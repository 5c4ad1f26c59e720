import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { someAdmin } from '../../../test/admin-factories';
import { newId, usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import type { Schemas } from '../../api/client';
import { AnalyticsPage } from './analytics-page';
import type { DayEarnings } from './queries';

/** Everything is in sight. */
class EverythingSeen {
  constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {}
  observe(): void {
    this.tell([{ isIntersecting: true }]);
  }
  disconnect(): void {}
}
beforeEach(() => vi.stubGlobal('IntersectionObserver', EverythingSeen));

const page = { user: someAdmin(), at: '/analytics', texts: ['analytics'] as const };
const today: DayEarnings = {
  day: '2026-11-26',
  fees: usd(118_885),
  rewards: usd(34_629),
  corrections: usd(-1_916),
  earned: usd(82_340),
};
const task = {
  id: newId(),
  title: 'Speed up the swing',
  jiraId: 'POPUG-144',
  price: usd(3_960),
  fee: usd(1_980),
  reward: usd(3_960),
  assigneeId: newId(),
  finishedAt: '2026-11-25T08:00:00.000Z',
};
const week = { from: '2026-11-23', to: '2026-11-29' };

function answer({
  days = [today],
  belowZero = { count: 0, items: [] },
  dearest = { items: [], tasksUnavailable: false },
}: {
  days?: DayEarnings[];
  belowZero?: Schemas['BelowZero'];
  dearest?: Schemas['DearestTasks'];
} = {}): string[] {
  const asked: string[] = [];
  server.use(
    http.get('/api/v1/analytics/earnings', ({ request, response }) => {
      asked.push(new URL(request.url).search);
      return response(200).json({ items: days });
    }),
    http.get('/api/v1/analytics/below-zero', ({ response }) => response(200).json(belowZero)),
    http.get('/api/v1/analytics/dearest-task', ({ request, response }) => {
      asked.push(new URL(request.url).search);
      return response(200).json(dearest);
    }),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
  );
  return asked;
}

it('the current day adds up before the eyes: fees − rewards − corrections = earned', async () => {
  const asked = answer();
  await show(<AnalyticsPage />, { ...page, at: '/analytics?table=true' });
  const heading = await screen.findByText('Current business day, Thu 26 Nov');
  expect(heading.parentElement).toHaveTextContent(
    'Fees$1,188.85Rewards−minus$346.29Corrections−minus$19.16Earned=is$823.40',
  );
  // Without a chosen range, the day and the chart are one request.
  expect(asked.filter((query) => query === '')).toHaveLength(1);
});

it('the chart has a table, and the table is in the address', async () => {
  answer();
  const { keys } = await show(<AnalyticsPage />, page);
  const chart = await screen.findByRole('img', { name: /Bars of what/ }, { timeout: 10_000 });
  expect(chart).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Show as table' }));
  expect(screen.getByTestId('address')).toHaveTextContent('?table=true');
  const row = screen.getByRole('row', { name: /Thu 26 Nov/ });
  expect(row).toHaveTextContent('Thu 26 Nov$1,188.85$346.29−$19.16$823.40');
});

it('a range is in the address and in the requests; a wrong one is said and not asked', async () => {
  const asked = answer();
  const at = '/analytics?from=2026-11-01&to=2026-11-26&table=true&period=range';
  await show(<AnalyticsPage />, { ...page, at });
  await waitFor(() => expect(asked).toContain('?from=2026-11-01&to=2026-11-26'));
  const before = asked.length;
  fireEvent.change(await screen.findByLabelText('From'), { target: { value: '2026-11-27' } });
  expect(await screen.findByText('The beginning is after the end')).toBeVisible();
  expect(asked).toHaveLength(before);
});

it('who is below zero, with the first of many', async () => {
  const kea = { userId: newId(), nickname: 'kea', balance: usd(-4_576) };
  const items = [{ ...kea, since: '2026-11-20T08:00:00.000Z' }];
  answer({ belowZero: { count: 812, items } });
  await show(<AnalyticsPage />, { ...page, at: '/analytics?table=true' });
  expect(await screen.findByText('812 people · First 1 of 812')).toBeVisible();
  expect(screen.getByText('−$45.76')).toBeVisible();
  expect(screen.getByRole('link', { name: 'kea' })).toHaveAttribute(
    'href',
    `/accounts/${kea.userId}`,
  );
});

it('the dearest task of each period, and its id while the board is away', async () => {
  const items = [
    { ...week, task },
    { from: '2026-11-16', to: '2026-11-22', task: null },
  ];
  answer({ dearest: { items, tasksUnavailable: false } });
  const { keys, unmount } = await show(<AnalyticsPage />, {
    ...page,
    at: '/analytics?table=true',
  });
  const list = await screen.findByRole('list', { name: /dearest task/ });
  expect(list.children).toHaveLength(1);
  expect(list).toHaveTextContent('POPUG-144 Speed up the swing$39.6023 Nov – 29 Nov');
  await keys.click(screen.getByRole('button', { name: 'By month' }));
  expect(screen.getByTestId('address')).toHaveTextContent('period=month');
  unmount();
  const unnamed = { ...task, title: null, jiraId: null };
  answer({ dearest: { items: [{ ...week, task: unnamed }], tasksUnavailable: true } });
  await show(<AnalyticsPage />, page);
  expect(await screen.findByText(/Task names come from the board, which is away/)).toBeVisible();
  expect(screen.getByText('Task 0192c5a4')).toBeVisible();
});

it('nothing finished, nobody below zero, no days', async () => {
  answer({ days: [] });
  await show(<AnalyticsPage />, page);
  expect(await screen.findByText('Nothing finished in this range.')).toBeVisible();
  expect(screen.getByText('✓ Nobody is below zero.')).toBeVisible();
  expect(screen.getByText('No business days in this range')).toBeVisible();
});

it('a part that fails leaves the others', async () => {
  answer();
  refuse('get', '/api/v1/analytics/below-zero', 500, 'internal-error');
  const { unmount } = await show(<AnalyticsPage />, { ...page, at: '/analytics?table=true' });
  await expectError();
  expect(screen.getByText('Current business day, Thu 26 Nov')).toBeVisible();
  unmount();
  answer();
  refuse('get', '/api/v1/analytics/dearest-task', 503, 'unavailable');
  await show(<AnalyticsPage />, { ...page, at: '/analytics?table=true' });
  await expectAway('Analytics');
});

it('is for those who see analytics', async () => {
  await expectForbidden(<AnalyticsPage />, 'analytics.view', ['analytics']);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer({ belowZero: { count: 0, items: [] } });
    await show(<AnalyticsPage />, { ...page, at: '/analytics?table=true' });
    expect(await screen.findByText('Текущий бизнес-день, чт, 26 нояб.')).toBeVisible();
    expect(await screen.findByText('✓ В минусе никого нет.')).toBeVisible();
  });
});
