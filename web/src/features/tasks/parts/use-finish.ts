import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useChange } from '../../../api/change';
import { $api, type Schemas } from '../../../api/client';
import type { Problem } from '../../../api/problems';

type Task = Schemas['Task'];

/** A finish cannot be taken back: the second press within this time sends it. */
const ARMED_MS = 5_000;
/** Latest rewards among which the one of the task is looked for. */
const LATEST = 20;

/** `armed`: pressed once. `sent`: shown as finished. `booked`: the reward is in the balance. */
export type FinishState = 'idle' | 'armed' | 'sent' | 'booked';

/** Finishes a task in two presses; shown before the answer, taken back by a refusal. */
export function useFinish(
  task: Task,
  {
    onSent,
    onRefused,
  }: { onSent: (task: Task) => void; onRefused: (problem: Problem, task: Task) => void },
): { state: FinishState; press: () => void; disarm: () => void } {
  const [state, setState] = useState<'idle' | 'armed' | 'sent'>('idle');
  const queries = useQueryClient();
  const finish = useChange('post', '/api/v1/tasks/{id}/finish', {
    touches: ['/api/v1/tasks'],
    onSend() {
      setState('sent');
      onSent(task);
      return () => setState('idle');
    },
    onRefused: (problem) => onRefused(problem, task),
  });
  useEffect(() => {
    if (state !== 'armed') return;
    const timer = setTimeout(() => setState('idle'), ARMED_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const isWaiting = state === 'sent' && finish.data !== undefined;
  const { data: rewards } = $api.useQuery(
    'get',
    '/api/v1/accounts/me/entries',
    { params: { query: { kind: ['reward'], limit: LATEST } } },
    { enabled: isWaiting },
  );
  const isBooked = isWaiting && (rewards?.items.some(({ taskId }) => taskId === task.id) ?? false);
  useEffect(() => {
    if (isBooked) void queries.invalidateQueries({ queryKey: ['get', '/api/v1/accounts/me'] });
  }, [isBooked, queries]);

  return {
    state: isBooked ? 'booked' : state,
    press() {
      if (state === 'idle') setState('armed');
      if (state === 'armed') finish.send({ params: { path: { id: task.id } } });
    },
    disarm: () => setState((now) => (now === 'armed' ? 'idle' : now)),
  };
}
