import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { newId, someTask } from '../../test/factories';
import { http, server } from '../../test/server';
import { useChange } from './change';

const TOUCHES = ['/api/v1/tasks'];

type Answer = 'away' | 'done';

/** Finishes tasks; nothing is sent again by itself. `send` returns the key that the server saw. */
function finishing() {
  const queries = new QueryClient();
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const use = () => useChange('post', '/api/v1/tasks/{id}/finish', { touches: TOUCHES });
  const { result } = renderHook(use, { wrapper });
  return async (id: string, answer: Answer): Promise<string | null> => {
    const seen: (string | null)[] = [];
    server.use(
      http.untyped.post('*/finish', ({ request }) => {
        seen.push(request.headers.get('idempotency-key'));
        const away = { type: 'unavailable', title: 'Away', status: 503 };
        return answer === 'done'
          ? HttpResponse.json(someTask())
          : HttpResponse.json(away, { status: away.status });
      }),
    );
    act(() => result.current.send({ params: { path: { id } } }));
    await waitFor(() => expect(seen).toHaveLength(1));
    await waitFor(() => expect(result.current.isBusy).toBe(false));
    return seen[0]!;
  };
}

it('a change without an answer keeps its key, also when another was sent meanwhile', async () => {
  const send = finishing();
  const [one, other] = [newId(), newId()];
  const first = await send(one, 'away');
  expect(await send(other, 'away')).not.toBe(first);
  expect(await send(one, 'done')).toBe(first);
});

it('after an answer, the same input is a new change', async () => {
  const send = finishing();
  const id = newId();
  const first = await send(id, 'done');
  expect(first).not.toBeNull();
  expect(await send(id, 'done')).not.toBe(first);
});
