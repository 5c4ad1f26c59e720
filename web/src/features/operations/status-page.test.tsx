import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import {
  someAdmin,
  someService,
  someStatus,
  type ReachedService,
} from '../../../test/admin-factories';
import { newId, someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import type { Schemas } from '../../api/client';
import { DeadLetterBadge } from './dead-letter-badge';
import { StatusPage } from './status-page';

const page = { user: someAdmin(), at: '/admin/operations/status', texts: ['operations'] as const };
const OK = '✓ All services are up, and nothing needs you.';

function answer(...services: Schemas['ProductStatus']['services']): void {
  server.use(
    http.get('/api/v1/operations/status', ({ response }) =>
      response(200).json(someStatus(services)),
    ),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
  );
}

const letters: Partial<ReachedService> = {
  attention: ['letters-given-up', 'something-newer'],
  letters: { due: 2, oldestSeconds: 190, givenUp: 1 },
};

it('one green line, only when all is green', async () => {
  answer(someService(), someService({ service: 'board', invariants: [] }));
  const { unmount } = await show(<StatusPage />, page);
  expect(await screen.findByText(OK)).toBeVisible();
  expect(screen.getByText('✓ 1 holds')).toBeVisible();
  unmount();
  answer(someService(), { service: 'board', reachable: false });
  await show(<StatusPage />, page);
  expect(await screen.findByText('⚠ 1 service needs a look.')).toBeVisible();
  expect(screen.queryByText(OK)).toBeNull();
  const board = screen.getByRole('heading', { name: 'Tasks' }).closest('li')!;
  expect(board).toHaveTextContent('Tasksboard✕ Away: it does not answer');
});

it('what needs a look is said in words and leads there; what is newer by its id', async () => {
  const account = someService({
    attention: ['dead-letters', 'payouts-for-a-person', 'money-unexplained'],
    deadLetters: { open: 3 },
    outbox: { pending: 12, oldestSeconds: 180 },
    invariants: [
      { name: 'debits-equal-credits', faults: 2, provenAt: null },
      { name: 'paid-is-booked', faults: null, provenAt: null },
    ],
  });
  answer(account, someService({ ...letters, service: 'user' }));
  await show(<StatusPage />, page);
  expect(
    await screen.findByRole('link', { name: 'Events could not be processed.' }),
  ).toHaveAttribute('href', '/admin/operations/dead-letters?service=account');
  expect(screen.getByText('Money does not add up.')).toBeVisible();
  expect(screen.getByText('12 events, oldest for 3 min')).toBeVisible();
  expect(screen.getByText('✕ 1 does not hold')).toBeVisible();
  expect(screen.getByText('… 1 was not checked')).toBeVisible();
  expect(screen.getByText('2 to send, oldest for 3 min · 1 given up')).toBeVisible();
  expect(screen.getByText('something-newer')).toBeVisible();
});

it('letters that were given up are fetched when asked for, and sent again', async () => {
  answer(someService({ ...letters, service: 'user' }));
  const letter: Schemas['UnsentLetter'] = {
    id: newId(),
    userId: newId(),
    template: 'payout-paid',
    to: 'kea@popug.test',
    state: 'given-up',
    dueAt: '2026-11-24T08:00:00.000Z',
    nextTryAt: '2026-11-25T08:00:00.000Z',
    tries: 9,
  };
  let sent = 0;
  server.use(
    http.get('/api/v1/operations/{service}/letters', ({ response }) =>
      response(200).json({ items: [letter], next: null }),
    ),
    http.post('/api/v1/operations/{service}/letters/{id}/resend', ({ response }) => {
      sent += 1;
      return response(200).json({ ...letter, state: 'due' });
    }),
  );
  const { keys } = await show(<StatusPage />, page);
  const summary = await screen.findByText('Show letters that were given up');
  const details = summary.closest('details')!;
  // jsdom does not open details by a press on their summary.
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(await screen.findByText(/Payout paid/)).toBeVisible();
  expect(details).toHaveTextContent('tried 9 times');
  await keys.click(screen.getByRole('button', { name: /^Send again to/ }));
  expect(await screen.findByText('The letter is tried again for a day')).toBeVisible();
  expect(sent).toBe(1);
});

it('a comparison is started, followed until it is done, and stays in the address', async () => {
  answer(someService());
  const id = newId();
  const service = {
    service: 'account',
    reachable: true as const,
    id,
    requestedAt: '2026-11-26T08:00:00.000Z',
  };
  const result = {
    name: 'assignments-fees',
    lastRunAt: '2026-11-26T08:00:01.000Z',
    lastSuccessAt: '2026-11-26T08:00:01.000Z',
    missing: 1,
    missingIds: ['task-1'],
    error: null,
  };
  let asked = 0;
  server.use(
    http.post('/api/v1/operations/reconciliations', ({ response }) =>
      response(202).json({ id, notStarted: ['board'] }),
    ),
    http.get('/api/v1/operations/reconciliations/{id}', ({ response }) => {
      asked += 1;
      return response(200).json(
        asked === 1
          ? {
              id,
              state: 'running',
              missing: 0,
              services: [{ ...service, finishedAt: null, results: [] }],
            }
          : {
              id,
              state: 'done',
              missing: 1,
              services: [{ ...service, finishedAt: service.requestedAt, results: [result] }],
            },
      );
    }),
  );
  const { keys } = await show(<StatusPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Compare now' }));
  expect(await screen.findByText(/Did not answer: Tasks/)).toBeVisible();
  const address = screen.getByTestId('address');
  await waitFor(() => expect(address).toHaveTextContent(`?run=${id}`));
  expect(await screen.findByText('✕ 1 thing is missing.', {}, { timeout: 5_000 })).toBeVisible();
  const list = screen.getByRole('list', { name: 'Result of the comparison' });
  expect(within(list).getByText(/Assignments and fees/)).toBeVisible();
  expect(within(list).getByText('task-1')).toBeVisible();
});

it('a refused comparison says why', async () => {
  answer(someService());
  refuse('post', '/api/v1/operations/reconciliations', 429, 'too-many-requests');
  const { keys } = await show(<StatusPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Compare now' }));
  expect(await screen.findByText(/Too many requests/)).toBeVisible();
});

it('the badge counts open dead letters, for those who look after operations', async () => {
  answer(someService({ deadLetters: { open: 2 } }), someService({ service: 'board' }));
  const { unmount } = await show(<DeadLetterBadge />, page);
  expect(await screen.findByText('2 dead letters')).toBeInTheDocument();
  unmount();
  const { container } = await show(<DeadLetterBadge />, { ...page, user: someUser() });
  expect(container).not.toHaveTextContent('dead letter');
});

it('an error is a card, an absence a strip', async () => {
  refuse('get', '/api/v1/operations/status', 500, 'internal-error');
  const { unmount } = await show(<StatusPage />, page);
  await expectError();
  unmount();
  refuse('get', '/api/v1/operations/status', 503, 'unavailable');
  await show(<StatusPage />, page);
  await expectAway('Operations');
});

it('is for those who look after operations', async () => {
  await expectForbidden(<StatusPage />, 'operations.manage', ['operations']);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer(someService({ ...letters, letters: { due: 5, oldestSeconds: 190, givenUp: 1 } }));
    await show(<StatusPage />, page);
    expect(await screen.findByText('⚠ 1 служба требует внимания.')).toBeVisible();
    expect(screen.getByText(/^5 к отправке, самое старое ждёт 3\sмин/)).toBeVisible();
  });
});
