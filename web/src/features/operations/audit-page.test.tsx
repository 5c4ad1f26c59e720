import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someAdmin, someSeenUser } from '../../../test/admin-factories';
import { newId } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import { momentOf } from '../../lib/time';
import { AuditPage } from './audit-page';
import type { AuditEntry } from './queries';

const at = '/admin/operations/audit';
const user = someAdmin();
const page = { user, at, texts: ['operations'] as const };
const kea = someSeenUser({ nickname: 'kea' });

function someEntry(more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: newId(),
    at: '2026-11-25T08:00:00.000Z',
    actorId: user.id,
    action: 'role.changed',
    subject: kea.id,
    before: 'employee',
    after: 'manager',
    reason: null,
    requestId: 'request-7',
    ...more,
  };
}

function answer(items: AuditEntry[]): URL[] {
  const asked: URL[] = [];
  server.use(
    http.get('/api/v1/operations/{service}/audit-log', ({ request, response }) => {
      asked.push(new URL(request.url));
      return response(200).json({ items, next: null });
    }),
    http.get('/api/v1/people', ({ response }) =>
      response(200).json({ items: [kea, { ...kea, ...user }], next: null }),
    ),
  );
  return asked;
}

it('who, what, about whom, when and why; an unknown kind by its id', async () => {
  answer([
    someEntry(),
    someEntry({ actorId: null, action: 'moon.moved', subject: '2026-11-25', reason: 'Tides' }),
  ]);
  await show(<AuditPage />, page);
  const kept = await screen.findByRole('button', { name: 'Only about kea' });
  const rows = screen.getAllByRole('row');
  expect(kept).toBeVisible();
  expect(rows[1]).toHaveTextContent(
    /adminRole changedBefore and afterBefore: employeeAfter: manager/,
  );
  expect(rows[2]).toHaveTextContent(/by itselfmoon\.moved.*2026-11-25Tides$/);
});

it('a subject filters by a press, and the file has the same filters', async () => {
  const asked = answer([someEntry()]);
  const { keys } = await show(<AuditPage />, {
    ...page,
    at: `${at}?service=account&from=2026-11-01`,
  });
  await keys.click(await screen.findByRole('button', { name: 'Only about kea' }));
  expect(screen.getByTestId('address')).toHaveTextContent(`subject=${kea.id}`);
  expect(asked.at(-1)?.pathname).toBe('/api/v1/operations/account/audit-log');
  const file = screen.getByRole('link', { name: 'Download CSV' });
  const from = encodeURIComponent(momentOf('2026-11-01')!);
  expect(file).toHaveAttribute(
    'href',
    `/api/v1/operations/account/audit-log.csv?subject=${kea.id}&from=${from}&locale=en`,
  );
});

it('nothing matches: the filters are cleared; nothing at all: says what appears', async () => {
  answer([]);
  const { keys } = await show(<AuditPage />, { ...page, at: `${at}?action=role.changed` });
  expect(await screen.findByText('Nothing matches these filters.')).toBeVisible();
  await keys.click(screen.getAllByRole('button', { name: 'Clear filters' })[0]!);
  expect(await screen.findByText('Nothing was changed yet')).toBeVisible();
});

it('an error is a card, an absence a strip', async () => {
  refuse('get', '/audit-log', 500, 'internal-error');
  const { unmount } = await show(<AuditPage />, page);
  await expectError();
  unmount();
  refuse('get', '/audit-log', 503, 'unavailable');
  await show(<AuditPage />, page);
  await expectAway('Operations');
});

it('is for those who look after operations', async () => {
  await expectForbidden(<AuditPage />, 'operations.manage', ['operations']);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer([someEntry()]);
    await show(<AuditPage />, page);
    expect((await screen.findAllByRole('row'))[1]).toHaveTextContent('Сменена роль');
    expect(screen.getByRole('link', { name: 'Скачать CSV' })).toHaveAttribute(
      'href',
      expect.stringContaining('locale=ru'),
    );
  });
});
