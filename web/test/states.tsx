import { screen } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect } from 'vitest';
import type { Permission } from '../src/api/client';
import { Permitted } from '../src/app/gate';
import { changeLanguage } from '../src/i18n/texts';
import type { Texts } from '../src/i18n/namespaces';
import { someUser } from './factories';
import { http, server } from './server';
import { show } from './show';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Refuses requests of a method to a path (`*` for any part). */
export function refuse(method: Method, path: string, status: number, type: string): void {
  const body = { type, title: type, status, requestId: 'request-1' };
  server.use(http.untyped[method](`*${path}`, () => HttpResponse.json(body, { status })));
}

/** A read that fails shows why, with the request id and another try. */
export async function expectError(): Promise<void> {
  expect(await screen.findByText('That is a fault of ours.')).toBeVisible();
  expect(screen.getByText('Request id request-1')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
}

/** A read whose service is away counts down to the next try; the heading stays. */
export async function expectAway(heading: string): Promise<void> {
  expect(await screen.findByText(/This part of the exchange is away/)).toBeVisible();
  expect(screen.getByRole('heading', { level: 1, name: heading })).toBeVisible();
}

/** Without the permission there is no page, and no request of it. */
export async function expectForbidden(
  page: React.ReactNode,
  permission: Permission,
  texts: readonly (keyof Texts)[],
): Promise<void> {
  const user = someUser({ permissions: [] });
  await show(<Permitted to={permission}>{page}</Permitted>, { user, texts });
  expect(await screen.findByText('You may not see this')).toBeVisible();
}

/** Shows what `render` shows in Russian; English again afterwards. */
export async function inRussian(render: () => Promise<void>): Promise<void> {
  await changeLanguage('ru');
  try {
    await render();
  } finally {
    await changeLanguage('en');
  }
}

/** Something of a topic changed, as another tab of the browser heard. */
export function hint(topic: string, ...ids: string[]): void {
  const tab = new BroadcastChannel('popug.live');
  tab.postMessage({ kind: 'hint', hint: { topic, ids } });
  tab.close();
}
