import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Loader.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { createQueries } from './api/client';
import { startSession } from './api/session';
import { App } from './app/app';
import { nonce } from './app/nonce';
import { loadTexts, startTexts } from './i18n/texts';
import { invariant } from './lib/invariant';
import { readPreference } from './lib/preferences';
import { theme } from './ui/theme';

async function start(): Promise<void> {
  await startTexts();
  const root = document.getElementById('root');
  invariant(root, 'index.html has no #root');
  const queries = createQueries();
  startSession(queries);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme={readPreference('theme') ?? 'auto'}
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
  // Sentences for problems come after what the first paint needs.
  await loadTexts('errors');
}

void start();
