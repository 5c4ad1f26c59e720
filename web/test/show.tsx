import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { Suspense } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { createQueries } from '../src/api/client';
import type { Schemas } from '../src/api/client';
import { LiveProvider } from '../src/app/live-context';
import type { Texts } from '../src/i18n/namespaces';
import { loadTexts } from '../src/i18n/texts';
import { Toasts } from '../src/ui/toasts';
import { theme } from '../src/ui/theme';
import { someAccount, someSettings, someUser } from './factories';
import { http, server } from './server';

interface ShowOptions {
  /** Address of the page, with its query. */
  at?: string;
  user?: Schemas['User'];
  settings?: Partial<Schemas['Settings']>;
  /** The person's own account, which the day clock shows too. */
  account?: Partial<Schemas['Account']>;
  texts: readonly (keyof Texts)[];
}

/** Says where the page is, for tests of filters. */
function Where() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

/** Renders a page as the application does, with a signed-in person; retries of reads are off. */
export async function show(
  page: React.ReactNode,
  { at = '/', user = someUser(), settings, account, texts }: ShowOptions,
): Promise<RenderResult & { keys: UserEvent; user: Schemas['User'] }> {
  server.use(
    http.get('/api/v1/session', ({ response }) => response(200).json({ user })),
    http.get('/api/v1/settings', ({ response }) => response(200).json(someSettings(settings))),
    http.get('/api/v1/accounts/me', ({ response }) =>
      response(200).json(someAccount({ userId: user.id, ...account })),
    ),
  );
  await loadTexts(...texts, 'errors');
  const queries = createQueries();
  const { queries: reads, mutations: changes } = queries.getDefaultOptions();
  queries.setDefaultOptions({
    queries: { ...reads, retry: false },
    mutations: { ...changes, retry: false },
  });
  const result = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={[at]}>
          <LiveProvider>
            <Suspense fallback={null}>{page}</Suspense>
            <Toasts />
            <Where />
          </LiveProvider>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...result, keys: userEvent.setup(), user };
}
