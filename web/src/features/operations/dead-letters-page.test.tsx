import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someAdmin, someDeadLetter, someService, someStatus } from '../../../test/admin-factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import { momentOf } from '../../lib/time';
import { DeadLettersPage } from './dead-letters-page';
import type { DeadLetter } from './queries';

const at = '/admin/operations/dead-letters';
const page = { user: someAdmin(), at, texts: ['operations'] as const };

function answer(stored: { letters: DeadLetter[] }): URL[] {
  const asked: URL[] = [];
  const open = (): number => stored.letters.filter(({ state }) => state === 'open').length;
  server.use(
    http.get('/api/v1/operations/status', ({ response }) =>
      response(200).json(someStatus([someService({ deadLetters: { open: open() } })])),
    ),
    http.get('/api/v1/operations/{service}/dead-letters', ({ request, response }) => {
      asked.push(new URL(request.url));
      return response(200).json({ items: stored.letters, next: null });
    }),
    http.get('/api/v1/people', ({ response }) => response(200).json({ items: [], next: null })),
  );
  return asked;
}

it('one press replays; then the letter is gone and the count too', async () => {
  const letter = someDeadLetter();
  const stored = { letters: [letter] };
  answer(stored);
  server.use(
    http.post('/api/v1/operations/{service}/dead-letters/{id}/replay', ({ response }) => {
      stored.letters = [];
      const deadLetter = { ...letter, state: 'replayed' as const };
      return response(200).json({ outcome: 'done', deadLetter });
    }),
  );
  const { keys } = await show(<DeadLettersPage />, page);
  const row = (await screen.findAllByRole('row'))[1]!;
  expect(row).toHaveTextContent('TaskFinished.v1topic tasks');
  expect(row).toHaveTextContent('3retries used up');
  expect(await screen.findByRole('button', { name: 'Money 1' })).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Replay TaskFinished.v1' }));
  expect(await screen.findByText('Processed: its effect has happened.')).toBeVisible();
  expect(await screen.findByText('No dead letters')).toBeVisible();
  expect(screen.getByText('Every event found its reader.')).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Money 0' })).toBeVisible();
});

it('a replay that is refused again, or not possible now, says so in the row', async () => {
  const letter = someDeadLetter();
  answer({ letters: [letter] });
  server.use(
    http.post('/api/v1/operations/{service}/dead-letters/{id}/replay', ({ response }) =>
      response(200).json({ outcome: 'retry-later', deadLetter: letter }),
    ),
  );
  const { keys } = await show(<DeadLettersPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Replay TaskFinished.v1' }));
  expect(await screen.findByText(/Not now: something it needs is away/)).toBeVisible();
});

it('discarding needs a reason, and says that the effect never happens', async () => {
  const letter = someDeadLetter({ replayable: { not: 'unreadable' }, type: null });
  const stored = { letters: [letter] };
  answer(stored);
  const reasons: unknown[] = [];
  server.use(
    http.post('/api/v1/operations/{service}/dead-letters/{id}/discard', async (call) => {
      reasons.push(await call.request.json());
      stored.letters = [];
      return call.response(200).json({ ...letter, state: 'discarded' });
    }),
  );
  const { keys } = await show(<DeadLettersPage />, page);
  expect(await screen.findByText(/It can’t be read/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Replay/ })).toBeNull();
  await keys.click(screen.getByRole('button', { name: 'Discard unknown kind' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Its effect will never happen.');
  const discard = within(dialog).getByRole('button', { name: 'Discard' });
  expect(discard).toBeDisabled();
  await keys.type(within(dialog).getByLabelText(/^Reason/), 'Sent by a test');
  await keys.click(discard);
  expect(await screen.findByText('Discarded', { selector: ':not(option)' })).toBeVisible();
  expect(reasons).toEqual([{ reason: 'Sent by a test' }]);
});

it('somebody else was faster: the dialog says so', async () => {
  answer({ letters: [someDeadLetter()] });
  refuse('post', '/discard', 409, 'already-resolved');
  const { keys } = await show(<DeadLettersPage />, page);
  await keys.click(await screen.findByRole('button', { name: /^Discard/ }));
  const dialog = await screen.findByRole('dialog');
  await keys.type(within(dialog).getByLabelText(/^Reason/), 'Too late');
  await keys.click(within(dialog).getByRole('button', { name: 'Discard' }));
  expect(await within(dialog).findByText('Somebody dealt with this already.')).toBeVisible();
});

it('all of a kind are replayed, and what is left is counted', async () => {
  answer({ letters: [someDeadLetter(), someDeadLetter()] });
  const types: unknown[] = [];
  server.use(
    http.post('/api/v1/operations/{service}/dead-letters/replay', async (call) => {
      types.push(await call.request.json());
      return call.response(200).json({ done: 100, refused: 1, retryLater: 0, left: 1_020 });
    }),
  );
  const { keys } = await show(<DeadLettersPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Replay all of TaskFinished.v1' }));
  expect(
    await screen.findByText('100 processed, 1 refused, 0 to be tried later, 1,020 left.'),
  ).toBeVisible();
  expect(types).toEqual([{ type: 'TaskFinished.v1' }]);
});

it('the event is unfolded on demand', async () => {
  const letter = someDeadLetter();
  answer({ letters: [letter] });
  server.use(
    http.get('/api/v1/operations/{service}/dead-letters/{id}', ({ response }) =>
      response(200).json({ ...letter, payload: '{"type":"TaskFinished.v1"}' }),
    ),
  );
  await show(<DeadLettersPage />, page);
  const details = (await screen.findByText('Content')).closest('details')!;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(await screen.findByText(/"type": "TaskFinished.v1"/)).toBeVisible();
});

it('filters are in the address and in the request; nothing matches: they are cleared', async () => {
  const asked = answer({ letters: [] });
  const query = '?service=user&state=discarded&type=UserCreated.v1&to=2026-11-25';
  const { keys } = await show(<DeadLettersPage />, { ...page, at: at + query });
  expect(await screen.findByText('Nothing matches these filters.')).toBeVisible();
  const { pathname, searchParams } = asked[0]!;
  expect(pathname).toBe('/api/v1/operations/user/dead-letters');
  expect(searchParams.get('state')).toBe('discarded');
  expect(searchParams.get('type')).toBe('UserCreated.v1');
  // The day is included: the limit is the beginning of the next one.
  expect(searchParams.get('to')).toBe(momentOf('2026-11-26'));
  await keys.click(screen.getAllByRole('button', { name: 'Clear filters' })[0]!);
  await waitFor(() =>
    expect(screen.getByTestId('address')).toHaveTextContent(
      /dead-letters\?service=user&state=discarded$/,
    ),
  );
});

it('an error is a card, an absence a strip', async () => {
  answer({ letters: [] });
  refuse('get', '/dead-letters', 500, 'internal-error');
  const { unmount } = await show(<DeadLettersPage />, page);
  await expectError();
  unmount();
  refuse('get', '/dead-letters', 503, 'unavailable');
  await show(<DeadLettersPage />, page);
  await expectAway('Operations');
});

it('is for those who look after operations', async () => {
  await expectForbidden(<DeadLettersPage />, 'operations.manage', ['operations']);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer({ letters: [someDeadLetter()] });
    await show(<DeadLettersPage />, page);
    expect(
      await screen.findByRole('button', { name: 'Обработать снова: TaskFinished.v1' }),
    ).toBeVisible();
  });
});
