import '@testing-library/jest-dom/vitest';
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startTexts } from '../src/i18n/texts';
import { server } from './server';

/** What jsdom lacks and the component library asks for. */
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver = NoObserver;
globalThis.IntersectionObserver = NoObserver as never;
globalThis.matchMedia = (query) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as never;
// No tab ever holds the stream: pages are refreshed by what tests do.
Object.defineProperty(navigator, 'locks', {
  value: { request: () => new Promise(() => undefined) },
});
Element.prototype.scrollIntoView = () => undefined;
window.scrollTo = () => undefined;
// Rows out of sight are not rendered: jsdom has no layout, so the window is taken as high.
Object.defineProperty(window, 'innerHeight', { value: 5_000 });

// What appears is waited for; on a busy machine a second is not enough.
configure({ asyncUtilTimeout: 5_000 });

// Before the client is imported: it keeps the `fetch` that it found.
server.listen({ onUnhandledRequest: 'error' });
beforeAll(() => startTexts());
afterEach(() => {
  cleanup();
  notifications.clean();
  notifications.cleanQueue();
  server.resetHandlers();
  localStorage.clear();
});
afterAll(() => server.close());
